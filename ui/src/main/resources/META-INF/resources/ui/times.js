// Times that stay true without the server: <slip-time at before? ahead?> and <slip-stopwatch since now | millis>.
(() => {
  const ticking = new Set();
  let timer = 0;

  function tick() {
    for (const element of ticking) element.render();
    timer = ticking.size && !document.hidden ? setTimeout(tick, 1000) : 0;
  }

  function watch(element) {
    ticking.add(element);
    if (!timer) timer = setTimeout(tick, 1000);
  }

  document.addEventListener('visibilitychange', () => {
    if (!document.hidden && !timer && ticking.size) tick();
  });

  const exact = new Intl.DateTimeFormat(undefined, {dateStyle: 'medium', timeStyle: 'medium'});
  const day = new Intl.DateTimeFormat(undefined, {day: 'numeric', month: 'short'});
  const dayAndYear = new Intl.DateTimeFormat(undefined, {day: 'numeric', month: 'short', year: 'numeric'});

  function ago(at) {
    const seconds = Math.max(0, (Date.now() - at) / 1000);
    if (seconds < 10) return 'just now';
    if (seconds < 60) return Math.floor(seconds) + ' s ago';
    if (seconds < 3600) return Math.floor(seconds / 60) + ' min ago';
    if (seconds < 86400) return Math.floor(seconds / 3600) + ' h ago';
    if (seconds < 7 * 86400) return Math.floor(seconds / 86400) + ' d ago';
    return (at.getFullYear() === new Date().getFullYear() ? day : dayAndYear).format(at);
  }

  function length(millis, running) {
    const seconds = millis / 1000;
    if (seconds < 10 && !running) return seconds.toFixed(1) + ' s';
    if (seconds < 60) return Math.floor(seconds) + ' s';
    if (seconds < 3600) return Math.floor(seconds / 60) + ' min ' + String(Math.floor(seconds % 60)).padStart(2, '0') + ' s';
    return Math.floor(seconds / 3600) + ' h ' + String(Math.floor(seconds / 60) % 60).padStart(2, '0') + ' min';
  }

  function until(at) {
    const millis = at - Date.now();
    return millis > 0 ? 'in ' + length(Math.max(1000, millis), true) : 'any moment';
  }

  function setText(element, text) {
    if (element.textContent !== text) element.textContent = text;
  }

  customElements.define('slip-time', class extends HTMLElement {
    static observedAttributes = ['at', 'before'];
    connectedCallback() {
      this.render();
      watch(this);
    }
    disconnectedCallback() {
      ticking.delete(this);
    }
    attributeChangedCallback() {
      if (this.isConnected) this.render();
    }
    render() {
      const at = new Date(this.getAttribute('at'));
      const before = this.getAttribute('before');
      setText(this, (before ? before + ' ' : '') + (this.hasAttribute('ahead') ? until(at) : ago(at)));
      const title = exact.format(at);
      if (this.title !== title) this.title = title;
    }
  });

  customElements.define('slip-stopwatch', class extends HTMLElement {
    connectedCallback() {
      if (this.hasAttribute('since')) {
        // the browser's clock may differ from the server's, which gave both times
        const age = new Date(this.getAttribute('now')) - new Date(this.getAttribute('since'));
        this.start ??= Date.now() - age;
        watch(this);
      }
      this.render();
    }
    disconnectedCallback() {
      ticking.delete(this);
    }
    render() {
      const running = this.hasAttribute('since');
      setText(this, length(running ? Math.max(0, Date.now() - this.start) : Number(this.getAttribute('millis')), running));
    }
  });
})();
