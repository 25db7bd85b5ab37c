// <slip-run-output source live?>: what a command writes, with its colours. Comes from the REST API, again and again while it runs, and is
// inserted as text, never as HTML.
(() => {
  const AGAIN = 2000;

  class RunOutput extends HTMLElement {
    connectedCallback() {
      this.classList.add('log', 'run-output');
      this.load();
    }

    disconnectedCallback() {
      clearTimeout(this.later);
    }

    async load() {
      const live = this.hasAttribute('live');
      try {
        const answer = await fetch(this.getAttribute('source'), {headers: {Accept: 'text/plain'}});
        if (!answer.ok) throw new Error(String(answer.status));
        const text = await answer.text();
        if (text !== this.text) this.show(text, live);
      } catch (e) {
        if (this.text === undefined) this.say('The output can’t be loaded. Load the page again.');
      }
      if (live && this.isConnected) this.later = setTimeout(() => this.load(), AGAIN);
    }

    show(text, live) {
      this.text = text;
      if (!text) {
        this.say(live ? 'Nothing written yet.' : 'It wrote nothing.');
        return;
      }
      if (!this.lines) this.build();
      const atEnd = this.lines.scrollHeight - this.lines.scrollTop - this.lines.clientHeight < 30;
      const first = !this.lines.hasChildNodes();
      this.lines.replaceChildren(...text.replace(/\n$/, '').split('\n').flatMap(line => [...this.pieces(line), '\n']));
      if (atEnd || first) this.lines.scrollTop = this.lines.scrollHeight;
    }

    pieces(line) {
      return Slipway.ansi.pieces(line).map(piece => {
        const span = document.createElement('span');
        span.textContent = piece.text;
        Object.assign(span.style, piece.style);
        return span;
      });
    }

    build() {
      this.innerHTML = `
        <div class="log-bar"><span>Output</span><span class="log-space"></span>
          <a class="log-download" download="output.txt" router-ignore>Download</a></div>
        <pre tabindex="0" aria-label="What the command wrote"></pre>`;
      this.querySelector('a').href = this.getAttribute('source');
      this.lines = this.querySelector('pre');
    }

    say(sentence) {
      const note = document.createElement('p');
      note.className = 'run-note quiet';
      note.textContent = sentence;
      this.lines = undefined;
      this.replaceChildren(note);
    }
  }

  customElements.define('slip-run-output', RunOutput);
})();
