// <slip-terminal source>: a terminal over a WebSocket. Binary messages are the terminal's bytes; text messages are JSON: {columns, rows} and
// {shown: bytes} from here, {ended: sentence} from there. The terminal itself is xterm.js, loaded when one is opened.
(() => {
  const BASE = 'webjars/';
  const FILES = ['xterm/4.9.0/lib/xterm.js', 'xterm-addon-fit/0.3.0/lib/xterm-addon-fit.js'];
  const STYLE = 'xterm/4.9.0/css/xterm.css';
  const TELL_SHOWN = 32 << 10;
  const LARGEST_KEYS = 16 << 10;
  let loading;

  function load() {
    loading ??= (async () => {
      const style = document.createElement('link');
      style.rel = 'stylesheet';
      style.href = BASE + STYLE;
      document.head.append(style);
      for (const file of FILES) {
        await new Promise((done, failed) => {
          const script = document.createElement('script');
          script.src = BASE + file;
          script.onload = done;
          script.onerror = () => failed(new Error(file));
          document.head.append(script);
        });
      }
    })().catch(e => {
      loading = undefined;
      throw e;
    });
    return loading;
  }

  class TerminalElement extends HTMLElement {
    connectedCallback() {
      if (!this.screen) this.build();
      this.open();
    }

    disconnectedCallback() {
      this.leave();
    }

    build() {
      this.classList.add('log', 'terminal');
      this.innerHTML = `
        <div class="log-bar"><span class="terminal-state" role="status"></span><span class="log-space"></span>
          <button type="button" class="output-pause terminal-again" hidden>Open another</button></div>
        <div class="terminal-screen"></div>`;
      this.state = this.querySelector('.terminal-state');
      this.again = this.querySelector('.terminal-again');
      this.screen = this.querySelector('.terminal-screen');
      this.again.addEventListener('click', () => this.open());
      this.sizes = new ResizeObserver(() => this.fit());
    }

    async open() {
      this.leave();
      this.say('Starting…', 'active');
      this.again.hidden = true;
      try {
        await load();
      } catch (e) {
        this.end('The terminal can’t be loaded. Load the page again.');
        return;
      }
      if (!this.isConnected) return;
      this.terminal = new Terminal({cursorBlink: true, scrollback: 5000, fontSize: 13, theme: this.colours(),
        fontFamily: 'ui-monospace, "Cascadia Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace'});
      this.fitting = new FitAddon.FitAddon();
      this.terminal.loadAddon(this.fitting);
      this.terminal.open(this.screen);
      this.fitting.fit();
      this.connect();
      this.sizes.observe(this.screen);
      this.terminal.focus();
    }

    connect() {
      const address = new URL(this.getAttribute('source'), location.href);
      address.protocol = location.protocol === 'https:' ? 'wss:' : 'ws:';
      address.searchParams.set('columns', this.terminal.cols);
      address.searchParams.set('rows', this.terminal.rows);
      const socket = new WebSocket(address);
      const terminal = this.terminal;
      socket.binaryType = 'arraybuffer';
      this.socket = socket;
      let unsaid = 0;
      const shown = bytes => {
        unsaid += bytes;
        if (unsaid >= TELL_SHOWN && socket.readyState === WebSocket.OPEN) {
          socket.send(JSON.stringify({shown: unsaid}));
          unsaid = 0;
        }
      };
      socket.onmessage = message => {
        if (this.socket !== socket) return;
        if (typeof message.data === 'string') {
          this.end(JSON.parse(message.data).ended);
          return;
        }
        const bytes = new Uint8Array(message.data);
        this.say('Connected', 'live');
        terminal.write(bytes, () => shown(bytes.length));
      };
      socket.onclose = () => {
        if (this.socket === socket) this.end('The connection was lost, and the terminal with it.');
      };
      const send = bytes => {
        for (let at = 0; at < bytes.length && socket.readyState === WebSocket.OPEN; at += LARGEST_KEYS) {
          socket.send(bytes.subarray(at, at + LARGEST_KEYS));
        }
      };
      const encoder = new TextEncoder();
      terminal.onData(text => send(encoder.encode(text)));
      terminal.onBinary(text => send(Uint8Array.from(text, c => c.charCodeAt(0))));
      terminal.onResize(({cols, rows}) => {
        if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify({columns: cols, rows}));
      });
    }

    fit() {
      cancelAnimationFrame(this.fitLater);
      this.fitLater = requestAnimationFrame(() => this.fitting?.fit());
    }

    colours() {
      // the same in both schemes: what programs print is meant for a dark screen
      return {background: '#0c0f13', foreground: '#d6dde6', cursor: '#d6dde6', selection: 'rgba(121, 192, 255, 0.35)',
        black: '#30363d', red: '#ff7b72', green: '#56d364', yellow: '#e3b341', blue: '#79c0ff', magenta: '#d2a8ff', cyan: '#56d4dd', white: '#c5ced8',
        brightBlack: '#8b949e', brightRed: '#ffa198', brightGreen: '#7ee787', brightYellow: '#f2cc60', brightBlue: '#a5d6ff', brightMagenta: '#e2c5ff', brightCyan: '#b3f0ff', brightWhite: '#ffffff'};
    }

    say(sentence, state) {
      this.state.textContent = sentence;
      this.state.dataset.state = state;
    }

    end(sentence) {
      const socket = this.socket;
      this.socket = undefined;
      socket?.close();
      if (this.terminal) {
        this.terminal.setOption('disableStdin', true);
        this.terminal.setOption('cursorBlink', false);
      }
      this.say(sentence, 'ended');
      this.again.hidden = false;
    }

    leave() {
      this.sizes?.disconnect();
      const socket = this.socket;
      this.socket = undefined;
      socket?.close();
      this.terminal?.dispose();
      this.terminal = this.fitting = undefined;
    }
  }

  customElements.define('slip-terminal', TerminalElement);
})();
