// <slip-output source choices instance?>: what an app's instances write, live. Lines come from the REST API as server-sent events and are
// inserted as text, never as HTML. At most MOST are in the page: older ones are fetched when asked for.
(() => {
  const FIRST = 500;
  const OLDER = 500;
  const MOST = 3000;
  const HELD = 5000;
  const RETRY = 3000;

  const clock = new Intl.DateTimeFormat(undefined, {hour: '2-digit', minute: '2-digit', second: '2-digit', hour12: false});
  const exact = new Intl.DateTimeFormat(undefined, {dateStyle: 'full', timeStyle: 'long'});
  const day = new Intl.DateTimeFormat(undefined, {weekday: 'long', day: 'numeric', month: 'long', year: 'numeric'});

  class Output extends HTMLElement {
    static observedAttributes = ['choices', 'source'];

    connectedCallback() {
      if (!this.viewport) this.build();
      this.begin();
    }

    disconnectedCallback() {
      this.hangUp();
    }

    attributeChangedCallback(name) {
      if (!this.viewport || !this.isConnected) return;
      if (name === 'choices') this.showChoices();
      else this.begin();
    }

    build() {
      this.classList.add('log', 'output');
      this.innerHTML = `
        <div class="log-bar output-bar">
          <input type="search" class="log-search" placeholder="Only lines with…" aria-label="Only lines with this text" autocomplete="off" spellcheck="false" maxlength="200">
          <select class="output-select output-who" aria-label="Instance or release"></select>
          <select class="output-select output-stream" aria-label="Stream">
            <option value="">All output</option><option value="STDOUT">Standard output</option><option value="STDERR">Standard error</option><option value="ACCESS">Requests</option>
          </select>
          <span class="log-space"></span>
          <label class="output-wrap"><input type="checkbox"> Wrap</label>
          <button type="button" class="output-pause"></button>
          <a class="log-download" download title="Download all lines that are kept">Download</a>
        </div>
        <div class="log-frame">
          <div class="log-viewport" tabindex="0" role="log" aria-live="off" aria-label="What the instances write">
            <button type="button" class="output-older" hidden>Show older lines</button>
            <div class="output-lines"></div>
          </div>
          <div class="output-note" role="status" hidden><h2></h2><p></p></div>
          <button type="button" class="log-end" hidden>Jump to end ↓</button>
        </div>
        <p class="output-state quiet" role="status"></p>`;
      this.viewport = this.querySelector('.log-viewport');
      this.lines = this.querySelector('.output-lines');
      this.search = this.querySelector('.log-search');
      this.who = this.querySelector('.output-who');
      this.stream = this.querySelector('.output-stream');
      this.wrap = this.querySelector('.output-wrap input');
      this.pause = this.querySelector('.output-pause');
      this.older = this.querySelector('.output-older');
      this.end = this.querySelector('.log-end');
      this.state = this.querySelector('.output-state');
      this.chosen = this.getAttribute('instance') ? 'instance=' + this.getAttribute('instance') : '';
      this.wrap.checked = this.remembered() ?? matchMedia('(max-width: 720px)').matches;
      this.classList.toggle('wrapped', this.wrap.checked);
      this.showChoices();
      this.listen();
    }

    listen() {
      this.viewport.addEventListener('scroll', () => this.scrolled(), {passive: true});
      this.end.addEventListener('click', () => this.toEnd());
      this.older.addEventListener('click', () => this.showOlder());
      this.pause.addEventListener('click', () => this.paused ? this.resume() : this.stop());
      this.who.addEventListener('change', () => { this.chosen = this.who.value; this.begin(); });
      this.stream.addEventListener('change', () => this.begin());
      this.search.addEventListener('input', () => { clearTimeout(this.typing); this.typing = setTimeout(() => this.begin(), 300); });
      this.search.addEventListener('keydown', e => {
        if (e.key === 'Escape' && this.search.value) { this.search.value = ''; this.begin(); }
      });
      this.wrap.addEventListener('change', () => {
        this.classList.toggle('wrapped', this.wrap.checked);
        try { localStorage.setItem('slipway-wrap', this.wrap.checked); } catch (e) { /* not remembered then */ }
        if (this.follow) this.toEnd();
      });
    }

    remembered() {
      try {
        const value = localStorage.getItem('slipway-wrap');
        return value === null ? null : value === 'true';
      } catch (e) {
        return null;
      }
    }

    // The chosen one stays to be chosen from, even when it is no longer among the newest.
    showChoices() {
      const choices = JSON.parse(this.getAttribute('choices') || '[]');
      const groups = {instance: 'Instances', release: 'Releases'};
      const all = new Option('All instances', '');
      this.who.replaceChildren(all);
      for (const [kind, label] of Object.entries(groups)) {
        const group = document.createElement('optgroup');
        group.label = label;
        for (const choice of choices.filter(choice => choice.kind === kind)) group.append(new Option(choice.text, kind + '=' + choice.value));
        if (group.children.length) this.who.append(group);
      }
      this.who.value = this.chosen;
      if (this.who.value !== this.chosen) {
        this.who.append(new Option(this.chosen.replace(/^[a-z]+=/, ''), this.chosen));
        this.who.value = this.chosen;
      }
    }

    parameters(more) {
      const parameters = new URLSearchParams(more);
      if (this.search.value.trim()) parameters.set('q', this.search.value.trim());
      if (this.stream.value) parameters.set('stream', this.stream.value);
      if (this.chosen) parameters.set(...this.chosen.split('=', 2));
      return parameters;
    }

    // With other wishes everything is told anew.
    begin() {
      this.hangUp();
      this.lines.replaceChildren();
      this.shown = this.shownDay = '';
      this.last = '';
      this.count = 0;
      this.follow = true;
      this.paused = false;
      this.older.hidden = true;
      this.query = this.search.value.trim().toLowerCase();
      this.querySelector('.log-download').href = this.getAttribute('source') + '/download?' + this.parameters({});
      this.showPause();
      this.connect();
    }

    connect() {
      const parameters = this.last ? this.parameters({after: this.last, tail: MOST}) : this.parameters({tail: FIRST});
      const events = this.events = new EventSource(this.getAttribute('source') + '/stream?' + parameters);
      events.addEventListener('open', () => { this.say('live'); this.waited = setTimeout(() => this.showEmpty(), 400); });
      events.addEventListener('lines', event => this.received(JSON.parse(event.data), event.lastEventId));
      events.addEventListener('error', () => {
        this.say('lost');
        if (events.readyState === EventSource.CLOSED && this.events === events) this.refused(events);
      });
    }

    // The answer wasn't a stream: another request is told why.
    async refused(events) {
      let reason = 'The connection was lost.';
      try {
        const answer = await fetch(this.getAttribute('source') + '?tail=1', {credentials: 'same-origin'});
        if (answer.status === 401) reason = 'You were logged out. Reload the page to log in again.';
        else if (!answer.ok) reason = (await answer.json()).detail || 'The log can\u2019t be read now.';
      } catch (e) { /* the connection, as it says */ }
      if (this.events !== events) return;
      if (this.count === 0) this.note('The log can\u2019t be shown now', reason + ' It is tried again.');
      this.retry = setTimeout(() => this.connect(), RETRY);
    }

    hangUp() {
      clearTimeout(this.retry);
      clearTimeout(this.waited);
      if (this.events) this.events.close();
      this.events = null;
    }

    received(batch, id) {
      this.last = id;
      const fresh = document.createDocumentFragment();
      if (batch.gap) fresh.append(this.remark('… some lines before weren\u2019t sent'));
      if (batch.skipped) fresh.append(this.remark(`… ${batch.skipped.toLocaleString()} ${batch.skipped === 1 ? 'line' : 'lines'} skipped: they came faster than they can be shown`));
      if (this.count === 0) this.older.hidden = batch.lines.length < FIRST;
      for (const line of batch.lines) fresh.append(this.row(line));
      this.lines.append(fresh);
      this.count += batch.lines.length;
      this.note('');
      this.trim();
      if (this.follow) this.toEnd(); else this.scrolled();
    }

    // While the end is followed the oldest lines go; who reads further up keeps them, up to a point.
    trim() {
      const most = this.follow ? MOST : HELD;
      const over = this.lines.childElementCount - most;
      if (over <= 0) return;
      const before = this.viewport.scrollHeight;
      for (let i = 0; i < over; i++) this.lines.firstElementChild.remove();
      this.older.hidden = false;
      if (!this.follow) this.viewport.scrollTop -= before - this.viewport.scrollHeight;
    }

    async showOlder() {
      const first = this.lines.querySelector('.output-line');
      if (!first) return;
      this.older.disabled = true;
      try {
        const answer = await fetch(this.getAttribute('source') + '?' + this.parameters({before: first.dataset.id, tail: OLDER}), {credentials: 'same-origin'});
        if (!answer.ok) throw new Error((await answer.json()).detail);
        const page = await answer.json();
        const rows = document.createDocumentFragment();
        const shownDay = this.shownDay;
        this.shownDay = '';
        for (const line of page.lines) rows.append(this.row(line));
        this.shownDay = shownDay;
        const before = this.viewport.scrollHeight;
        this.follow = false;
        this.lines.prepend(rows);
        this.viewport.scrollTop += this.viewport.scrollHeight - before;
        this.older.hidden = !page.more;
      } catch (e) {
        this.say('lost');
      }
      this.older.disabled = false;
    }

    row(line) {
      const rows = document.createDocumentFragment();
      const at = new Date(line.at);
      const date = at.toDateString();
      if (date !== this.shownDay) {
        if (this.shownDay || date !== new Date().toDateString()) rows.append(this.remark(day.format(at)));
        this.shownDay = date;
      }
      const row = document.createElement('div');
      row.className = 'output-line output-' + line.stream.toLowerCase();
      row.dataset.id = line.id;
      const time = document.createElement('time');
      time.dateTime = line.at;
      time.textContent = clock.format(at);
      time.title = exact.format(at) + ', ' + String(at.getMilliseconds()).padStart(3, '0') + ' ms';
      const who = document.createElement('span');
      who.className = 'output-instance';
      who.textContent = line.instance.replace(/^.*-/, '');
      who.title = line.instance + (line.release ? ', release ' + line.release : '');
      who.style.setProperty('--hue', hue(line.instance));
      const text = document.createElement('span');
      text.className = 'output-text';
      for (const piece of Slipway.ansi.marked(Slipway.ansi.pieces(line.text), this.query)) {
        const span = document.createElement(piece.mark ? 'mark' : 'span');
        span.textContent = piece.text;
        if (!piece.mark) Object.assign(span.style, piece.style);
        text.append(span);
      }
      row.append(time, who, text);
      rows.append(row);
      return rows;
    }

    remark(sentence) {
      const row = document.createElement('div');
      row.className = 'output-remark';
      row.textContent = sentence;
      return row;
    }

    scrolled() {
      const fromEnd = this.viewport.scrollHeight - this.viewport.scrollTop - this.viewport.clientHeight;
      this.follow = fromEnd < 30;
      this.end.hidden = this.follow;
    }

    toEnd() {
      this.follow = true;
      this.viewport.scrollTop = this.viewport.scrollHeight;
      this.end.hidden = true;
    }

    stop() {
      this.paused = true;
      this.hangUp();
      this.showPause();
      this.say('paused');
    }

    resume() {
      this.paused = false;
      this.follow = true;
      this.showPause();
      this.connect();
    }

    showPause() {
      this.pause.textContent = this.paused ? 'Resume' : 'Pause';
      this.pause.title = this.paused ? 'Show what came meanwhile, and go on' : 'Let no more lines come';
      this.pause.setAttribute('aria-pressed', this.paused);
    }

    say(state) {
      const words = {live: 'Live: new lines appear as they are written.', paused: 'Paused: nothing is lost meanwhile.', lost: 'The connection was lost. Trying again…'};
      this.state.textContent = words[state];
      this.state.dataset.state = state;
    }

    showEmpty() {
      if (this.count > 0) return;
      if (this.query || this.chosen || this.stream.value) this.note('No line fits', 'New lines that fit appear here as they are written.');
      else this.note('Nothing was written yet', 'What the app prints to standard output and standard error appears here, of living instances and of those that are gone.');
    }

    note(title, text) {
      const note = this.querySelector('.output-note');
      note.hidden = !title;
      note.querySelector('h2').textContent = title;
      note.querySelector('p').textContent = text || '';
    }
  }

  // Instances are told apart by a colour each.
  function hue(name) {
    let sum = 0;
    for (const character of name) sum = (sum * 31 + character.charCodeAt(0)) % 3600;
    return (sum * 137.5) % 360;
  }

  customElements.define('slip-output', Output);
})();
