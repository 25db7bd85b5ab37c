// <slip-log source lines attempt running>: a build's log. Only the lines in sight are in the page; they are fetched in pages from
// `source` (the REST API) as they come into sight. Lines are inserted as text, never as HTML.
(() => {
  const LINE = 20;
  const PAGE = 500;
  const MOST = 10000;
  const OVERSCAN = 12;

  class Log extends HTMLElement {
    static observedAttributes = ['lines', 'attempt', 'source', 'running'];

    connectedCallback() {
      if (!this.viewport) this.build();
      this.sizes = new ResizeObserver(() => this.follow ? this.toEnd() : this.draw());
      this.sizes.observe(this.viewport);
      this.reset();
    }

    disconnectedCallback() {
      this.sizes.disconnect();
      this.generation++;
    }

    attributeChangedCallback(name) {
      if (!this.viewport) return;
      if (name === 'attempt' || name === 'source') this.reset();
      else if (name === 'lines') this.grow();
      this.showState();
    }

    build() {
      this.classList.add('log');
      this.innerHTML = `
        <div class="log-bar">
          <input type="search" class="log-search" placeholder="Search the log" aria-label="Search the log" autocomplete="off" spellcheck="false">
          <span class="log-hits" role="status"></span>
          <button type="button" class="icon-button" data-do="previous" aria-label="Previous match" title="Previous match (Shift+Enter)">↑</button>
          <button type="button" class="icon-button" data-do="next" aria-label="Next match" title="Next match (Enter)">↓</button>
          <span class="log-space"></span>
          <span class="log-count quiet"></span>
          <a class="log-download" download title="Download the whole log">Download</a>
        </div>
        <div class="log-frame">
          <div class="log-viewport" tabindex="0" role="region" aria-label="Build log"><div class="log-lines"></div></div>
          <p class="log-note" role="status" hidden></p>
          <button type="button" class="log-end" hidden>Jump to end ↓</button>
        </div>`;
      this.viewport = this.querySelector('.log-viewport');
      this.canvas = this.querySelector('.log-lines');
      this.search = this.querySelector('.log-search');
      this.hits = this.querySelector('.log-hits');
      this.note = this.querySelector('.log-note');
      this.end = this.querySelector('.log-end');
      this.viewport.addEventListener('scroll', () => this.scrolled(), {passive: true});
      this.end.addEventListener('click', () => { this.follow = true; this.toEnd(); this.showState(); });
      this.search.addEventListener('input', () => { clearTimeout(this.typing); this.typing = setTimeout(() => this.find(), 200); });
      this.search.addEventListener('keydown', e => {
        if (e.key === 'Enter') { e.preventDefault(); this.step(e.shiftKey ? -1 : 1); }
        else if (e.key === 'Escape') { this.search.value = ''; this.find(); this.viewport.focus(); }
      });
      this.querySelector('[data-do=next]').addEventListener('click', () => this.step(1));
      this.querySelector('[data-do=previous]').addEventListener('click', () => this.step(-1));
      this.addEventListener('keydown', e => {
        if ((e.ctrlKey || e.metaKey) && e.key === 'f') { e.preventDefault(); this.search.select(); }
      });
    }

    get source() { return this.getAttribute('source'); }
    get announced() { return Number(this.getAttribute('lines') || 0); }

    reset() {
      this.generation = (this.generation || 0) + 1;
      this.text = [];
      this.total = 0;
      this.rows = new Map();
      this.loading = new Map();
      this.found = [];
      this.scanned = 0;
      this.current = -1;
      this.follow = true;
      this.canvas.replaceChildren();
      this.querySelector('.log-download').href = this.source + '/download';
      this.grow();
      this.showState();
    }

    // New lines: when the end is followed they are fetched before the page moves, so that nothing flickers.
    async grow() {
      const generation = this.generation;
      if (this.growing) { this.again = true; return; }
      this.growing = true;
      try {
        do {
          this.again = false;
          const total = this.announced;
          if (this.follow) await this.want(Math.max(0, total - 2 * this.visible()), total);
          if (generation !== this.generation) break;
          this.total = total;
          this.canvas.style.height = total * LINE + 'px';
          if (this.follow) this.toEnd(); else this.draw();
          if (this.search.value) this.find(true);
        } while (this.again || this.announced > this.total);
      } catch (e) {
        this.again = true;
      }
      this.growing = false;
      if (!this.isConnected) return;
      if (generation !== this.generation || this.again) this.grow();
      else this.showState();
    }

    visible() { return Math.ceil(this.viewport.clientHeight / LINE) || 25; }

    toEnd() {
      this.viewport.scrollTop = this.canvas.offsetHeight;
      this.draw();
    }

    scrolled() {
      const fromEnd = this.viewport.scrollHeight - this.viewport.scrollTop - this.viewport.clientHeight;
      this.follow = fromEnd < 2 * LINE;
      this.showState();
      if (!this.frame) this.frame = requestAnimationFrame(() => { this.frame = 0; this.draw(); });
    }

    showState() {
      const total = this.announced;
      this.querySelector('.log-count').textContent = total === 0 ? '' : total.toLocaleString() + (total === 1 ? ' line' : ' lines');
      this.end.hidden = this.follow || this.total <= this.visible();
      const running = this.hasAttribute('running');
      if (!this.failed) this.say(total > 0 ? '' : running ? 'Waiting for the first line…' : 'This build wrote no log.');
    }

    say(sentence) {
      this.note.textContent = sentence;
      this.note.hidden = !sentence;
    }

    draw() {
      const first = Math.max(0, Math.floor(this.viewport.scrollTop / LINE) - OVERSCAN);
      const last = Math.min(this.total, first + this.visible() + 2 * OVERSCAN);
      for (const [number, row] of this.rows) {
        if (number < first || number >= last) { row.remove(); this.rows.delete(number); }
      }
      const fresh = document.createDocumentFragment();
      let missing = false;
      for (let number = first; number < last; number++) {
        if (this.text[number] === undefined) missing = true;
        else if (!this.rows.has(number)) fresh.append(this.row(number));
      }
      this.canvas.append(fresh);
      if (missing) this.fill(first, last);
    }

    // What doesn't come (another attempt has begun, the connection is down) is asked for again after a moment.
    async fill(first, last) {
      const generation = this.generation;
      await this.want(first, last).catch(() => {});
      const came = this.text[first] !== undefined && this.text[last - 1] !== undefined;
      if (!came) await new Promise(resolve => setTimeout(resolve, 700));
      if (generation === this.generation && this.isConnected) this.draw();
    }

    redraw() {
      for (const row of this.rows.values()) row.remove();
      this.rows.clear();
      this.draw();
    }

    row(number) {
      const row = document.createElement('div');
      row.className = 'log-line';
      row.style.top = number * LINE + 'px';
      row.dataset.number = number + 1;
      const content = document.createElement('span');
      const query = this.query;
      let pieces = Slipway.ansi.pieces(this.text[number]);
      if (query) {
        pieces = Slipway.ansi.marked(pieces, query);
        if (this.found[this.current] === number) row.classList.add('log-current');
      }
      for (const piece of pieces) {
        const span = document.createElement(piece.mark ? 'mark' : 'span');
        span.textContent = piece.text;
        if (!piece.mark) Object.assign(span.style, piece.style);
        content.append(span);
      }
      row.append(content);
      this.rows.set(number, row);
      return row;
    }

    // Loads what is missing of lines [from, to).
    async want(from, to) {
      const waits = [];
      for (let page = Math.floor(from / PAGE); page * PAGE < to; page++) {
        let first = page * PAGE;
        const end = Math.min((page + 1) * PAGE, Math.max(this.announced, to));
        while (first < end && this.text[first] !== undefined) first++;
        if (first < end) waits.push(this.load(first, (page + 1) * PAGE - first));
      }
      await Promise.all(waits);
    }

    load(from, limit) {
      const generation = this.generation;
      let job = this.loading.get(from);
      if (!job) {
        job = this.fetchLines(from, limit).then(part => {
          if (generation !== this.generation) return;
          if (part.attempt !== Number(this.getAttribute('attempt'))) return;
          part.lines.forEach((line, i) => this.text[from + i] = line);
        }).finally(() => this.loading.delete(from));
        this.loading.set(from, job);
      }
      return job;
    }

    async fetchLines(from, limit) {
      try {
        const answer = await fetch(`${this.source}?from=${from}&limit=${limit}`, {headers: {Accept: 'application/json'}, credentials: 'same-origin'});
        if (answer.status === 401) throw new Error('You were logged out. Reload the page to log in again.');
        if (!answer.ok) throw new Error('The log can\u2019t be read just now (answer ' + answer.status + '). It is tried again.');
        const part = await answer.json();
        this.failed = false;
        return part;
      } catch (e) {
        this.failed = true;
        this.say(e instanceof TypeError ? 'The connection was lost. It is tried again.' : e.message);
        await new Promise(resolve => setTimeout(resolve, 3000));
        throw e;
      }
    }

    async find(growing) {
      this.query = this.search.value.trim().toLowerCase();
      const query = this.query;
      if (!query) {
        this.found = [];
        this.current = -1;
        this.hits.textContent = '';
        this.redraw();
        return;
      }
      if (!growing) this.hits.textContent = 'Searching…';
      try {
        await this.loadAll();
      } catch (e) {
        return;
      }
      if (query !== this.query) return;
      // a log that grows is searched from where the search ended before
      if (!growing) {
        this.found = [];
        this.scanned = 0;
      }
      for (; this.scanned < this.total; this.scanned++) {
        const line = this.text[this.scanned];
        if (line !== undefined && Slipway.ansi.plain(line).toLowerCase().includes(query)) this.found.push(this.scanned);
      }
      if (growing) {
        this.current = Math.max(0, this.current);
        this.showHits();
        return;
      }
      const top = Math.floor(this.viewport.scrollTop / LINE);
      const next = this.found.findIndex(line => line >= top);
      this.current = next >= 0 ? next : this.found.length - 1;
      this.showHits();
      this.reveal();
    }

    async loadAll() {
      for (let from = 0; from < this.announced;) {
        if (this.text[from] !== undefined) { from++; continue; }
        const part = await this.fetchLines(from, MOST);
        if (!part.lines.length) return;
        part.lines.forEach((line, i) => this.text[from + i] = line);
        from += part.lines.length;
      }
    }

    step(by) {
      if (!this.found.length) return;
      this.current = (this.current + by + this.found.length) % this.found.length;
      this.showHits();
      this.reveal();
    }

    showHits() {
      this.hits.textContent = this.found.length
        ? `${(this.current + 1).toLocaleString()} of ${this.found.length.toLocaleString()} ${this.found.length === 1 ? 'line' : 'lines'}` : 'No line has it';
    }

    reveal() {
      if (this.current < 0 || !this.found.length) {
        this.redraw();
        return;
      }
      this.follow = false;
      this.viewport.scrollTop = Math.max(0, this.found[this.current] * LINE - this.viewport.clientHeight / 2);
      this.redraw();
      const mark = this.rows.get(this.found[this.current])?.querySelector('mark');
      const beyond = mark ? mark.offsetLeft + mark.offsetWidth + 40 - this.viewport.clientWidth : 0;
      this.viewport.scrollLeft = Math.max(0, beyond);
      this.showState();
    }
  }

  customElements.define('slip-log', Log);
})();
