// <slip-scheme>: follows the system, or light or dark as chosen in this browser.
(() => {
  const order = ['system', 'light', 'dark'];
  const icons = {
    system: '<circle cx="8" cy="8" r="5.25"/><path d="M8 2.75a5.25 5.25 0 0 1 0 10.5Z" fill="currentColor"/>',
    light: '<circle cx="8" cy="8" r="2.75"/><path d="M8 1.5v1.2M8 13.3v1.2M1.5 8h1.2M13.3 8h1.2M3.4 3.4l.85.85M11.75 11.75l.85.85M3.4 12.6l.85-.85M11.75 4.25l.85-.85"/>',
    dark: '<path d="M13.2 9.6A5.6 5.6 0 0 1 6.4 2.8a5.6 5.6 0 1 0 6.8 6.8Z"/>'
  };

  function chosen() {
    try {
      const scheme = localStorage.getItem('slipway-scheme');
      return order.includes(scheme) ? scheme : 'system';
    } catch (e) {
      return 'system';
    }
  }

  function choose(scheme) {
    try {
      localStorage.setItem('slipway-scheme', scheme);
    } catch (e) { /* not remembered then */ }
    document.documentElement.style.colorScheme = scheme === 'system' ? 'light dark' : scheme;
    document.documentElement.dataset.scheme = scheme;
  }

  customElements.define('slip-scheme', class extends HTMLElement {
    connectedCallback() {
      this.innerHTML = '<button type="button" class="icon-button"></button>';
      this.firstChild.addEventListener('click', () => {
        choose(order[(order.indexOf(chosen()) + 1) % order.length]);
        this.render();
      });
      this.render();
    }
    render() {
      const scheme = chosen();
      const next = order[(order.indexOf(scheme) + 1) % order.length];
      this.firstChild.innerHTML = `<svg viewBox="0 0 16 16" width="18" height="18" fill="none" stroke="currentColor" stroke-width="1.4"
        stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">${icons[scheme]}</svg>`;
      const label = `Colours: ${scheme === 'system' ? 'as the system' : scheme}. Change to ${next === 'system' ? 'as the system' : next}`;
      this.firstChild.title = label;
      this.firstChild.setAttribute('aria-label', label);
    }
  });
})();
