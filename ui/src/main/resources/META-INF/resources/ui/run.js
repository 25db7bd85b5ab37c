// <slip-run-output source>: what a command wrote, with its colours. Comes from the REST API once and is inserted as text, never as HTML.
(() => {
  class RunOutput extends HTMLElement {
    async connectedCallback() {
      this.classList.add('log', 'run-output');
      const source = this.getAttribute('source');
      try {
        const answer = await fetch(source, {headers: {Accept: 'text/plain'}});
        if (!answer.ok) throw new Error(String(answer.status));
        this.show(await answer.text(), source);
      } catch (e) {
        this.say('The output can’t be loaded. Load the page again.');
      }
    }

    show(text, source) {
      if (!text) {
        this.say('It wrote nothing.');
        return;
      }
      const pre = document.createElement('pre');
      pre.tabIndex = 0;
      pre.setAttribute('aria-label', 'What the command wrote');
      for (const line of text.replace(/\n$/, '').split('\n')) {
        for (const piece of Slipway.ansi.pieces(line)) {
          const span = document.createElement('span');
          span.textContent = piece.text;
          Object.assign(span.style, piece.style);
          pre.append(span);
        }
        pre.append('\n');
      }
      const bar = document.createElement('div');
      bar.className = 'log-bar';
      const title = document.createElement('span');
      title.textContent = 'Output';
      const space = document.createElement('span');
      space.className = 'log-space';
      const link = document.createElement('a');
      link.href = source;
      link.className = 'log-download';
      link.setAttribute('download', 'output.txt');
      link.setAttribute('router-ignore', '');
      link.textContent = 'Download';
      bar.append(title, space, link);
      this.replaceChildren(bar, pre);
      pre.scrollTop = pre.scrollHeight;
    }

    say(sentence) {
      const note = document.createElement('p');
      note.className = 'run-note quiet';
      note.textContent = sentence;
      this.replaceChildren(note);
    }
  }

  customElements.define('slip-run-output', RunOutput);
})();
