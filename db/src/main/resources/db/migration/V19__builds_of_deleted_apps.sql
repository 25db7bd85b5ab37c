-- A deleted app's builds end with it. Those of apps that were deleted before this was so waited for ever.
UPDATE builds b SET state = 'CANCELLED', reason = 'CANCELLED_BY_USER', message = 'The app was deleted', finished_at = now()
FROM apps a WHERE a.id = b.app_id AND a.deleted_at IS NOT NULL AND b.state = 'QUEUED';
UPDATE builds b SET cancel_requested_by = 'slipway'
FROM apps a WHERE a.id = b.app_id AND a.deleted_at IS NOT NULL AND b.state = 'RUNNING' AND b.cancel_requested_by IS NULL;
