// Loads the page again when a part of it didn't come, as it would stay empty otherwise. A browser drops all that it is loading when the machine's
// network changes, and where the apps run on the same machine that is whenever one starts or ends.
(() => {
  const MOST = 4; // times in a row, with longer and longer pauses
  const FIRST_PAUSE = 500;
  const ROW = 60000;
  const KEY = 'slipway-loaded-again';
  let under = false;

  function again() {
    if (under) return;
    under = true;
    try {
      const now = Date.now();
      const before = JSON.parse(sessionStorage.getItem(KEY) || '[]').filter(time => now - time < ROW);
      if (before.length < MOST) {
        sessionStorage.setItem(KEY, JSON.stringify([...before, now]));
        setTimeout(() => location.reload(), FIRST_PAUSE * 2 ** before.length);
        return;
      }
      sessionStorage.removeItem(KEY);
    } catch (e) { /* no storage: nobody would count */ }
    document.body ? tell() : addEventListener('DOMContentLoaded', tell);
  }

  function tell() {
    const bar = document.createElement('p');
    bar.className = 'connection-lost';
    bar.setAttribute('role', 'alert');
    const link = document.createElement('a');
    link.href = location.href;
    link.textContent = 'Load it again';
    link.addEventListener('click', event => {
      event.preventDefault();
      event.stopPropagation(); // it's no way to another view
      location.reload();
    });
    bar.append('Parts of this page didn’t come. ', link);
    document.body.append(bar);
  }

  addEventListener('vite:preloadError', again);
  addEventListener('error', event => {
    const part = event.target;
    if (part instanceof HTMLScriptElement || part instanceof HTMLLinkElement && part.rel === 'stylesheet') again();
  }, true);
  addEventListener('DOMContentLoaded', () => {
    const outlet = document.getElementById('outlet');
    // what the framework shows when its first question to the server got no answer, and goes on to show
    new MutationObserver(() => outlet.querySelector('iframe[src$="offline-stub.html"]') && again()).observe(outlet, {childList: true});
  });
})();
