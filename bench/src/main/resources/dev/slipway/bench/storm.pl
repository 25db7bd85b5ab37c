# An app of one process: answers over kept-alive connections with its version and the instance's name. /slow takes 5 s
# or a little longer, /socket is a WebSocket that ticks every second or two. It uses no module, not even strict,
# so that the interpreter alone can run it.
my ($inet, $stream, $socket_level, $reuse) = (2, 1, 1, 2);    # Linux's values
my $answer = "$ENV{VERSION} $ENV{HOSTNAME}";
$answer = "HTTP/1.1 200 OK\r\nContent-Length: " . length($answer) . "\r\n\r\n$answer";

# The accept value belongs to the key of RFC 6455's example, the only one that its visitors send.
my $upgrade = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    . "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n";

$SIG{TERM} = sub { exit 0 };
$SIG{PIPE} = 'IGNORE';
socket(my $door, $inet, $stream, 0)                         or die "socket: $!";
setsockopt($door, $socket_level, $reuse, pack('i', 1))      or die "setsockopt: $!";
bind($door, pack('S n N x8', $inet, 8000, 0))               or die "port 8000: $!";
listen($door, 128)                                          or die "listen: $!";

my (%connections, %unread, @later);                           # by file descriptor; what is due when, in order

sub leave {
    my ($id) = @_;
    close $connections{$id};
    delete $connections{$id};
    delete $unread{$id};
}

# Answers a connection that is still the one that asked.
sub answer {
    my ($id, $connection, $text) = @_;
    return unless ($connections{$id} // '') eq $connection;
    return leave($id) unless defined syswrite($connection, $text);
    return 1;
}

# After at least as many seconds: the clock is one of whole seconds.
sub after {
    my ($seconds, $what) = @_;
    @later = sort { $a->[0] <=> $b->[0] } @later, [time + $seconds + 1, $what];
}

sub tick {
    my ($id, $connection) = @_;
    after(1, sub { tick($id, $connection) }) if answer($id, $connection, "\x81\x04tick");
}

sub hear {
    my ($id, $connection) = @_;
    return leave($id) unless sysread($connection, $unread{$id}, 65536, length $unread{$id});
    while (exists $unread{$id} && $unread{$id} =~ s/^\S+ (\S+) .*?\r\n\r\n//s) {
        if    ($1 eq '/slow')   { after(5, sub { answer($id, $connection, $answer) }) }
        elsif ($1 eq '/socket') { tick($id, $connection) if answer($id, $connection, $upgrade) }
        else                    { answer($id, $connection, $answer) }
    }
}

while (1) {
    my $ready = '';
    vec($ready, fileno $_, 1) = 1 for $door, values %connections;
    my $wait = @later ? $later[0][0] - time : 60;
    my $count = select($ready, undef, undef, $wait < 0 ? 0 : $wait);
    if ($count > 0) {
        for my $id (keys %connections) {
            hear($id, $connections{$id}) if vec($ready, $id, 1);
        }
        if (vec($ready, fileno $door, 1) && accept(my $connection, $door)) {
            $connections{fileno $connection} = $connection;
            $unread{fileno $connection} = '';
        }
    }
    (shift @later)->[1]->() while @later && $later[0][0] <= time;
}
