// <slip-copy text label>: text to copy with one press.
(() => {
  async function copy(text) {
    if (navigator.clipboard && window.isSecureContext) return navigator.clipboard.writeText(text);
    // the clipboard's API is only for HTTPS and localhost
    const area = document.createElement('textarea');
    area.value = text;
    area.style.cssText = 'position:fixed;opacity:0';
    document.body.append(area);
    area.select();
    const done = document.execCommand('copy');
    area.remove();
    if (!done) throw new Error('copying was refused');
  }

  const COPY = '<svg viewBox="0 0 16 16" width="16" height="16" fill="none" stroke="currentColor" stroke-width="1.4" stroke-linejoin="round"'
    + ' aria-hidden="true"><rect x="5.5" y="5.5" width="8" height="8" rx="1.8"/><path d="M10.5 5.5V4.3a1.8 1.8 0 0 0-1.8-1.8H4.3a1.8 1.8 0 0 0-1.8 1.8v4.4a1.8 1.8 0 0 0 1.8 1.8h1.2"/></svg>';
  const DONE = '<svg viewBox="0 0 16 16" width="16" height="16" fill="none" stroke="currentColor" stroke-width="1.7" stroke-linecap="round"'
    + ' stroke-linejoin="round" aria-hidden="true"><path d="m3 8.5 3.2 3.2L13 4.8"/></svg>';

  customElements.define('slip-copy', class extends HTMLElement {
    static observedAttributes = ['text'];
    connectedCallback() {
      if (this.code) return;
      this.code = document.createElement('code');
      this.button = document.createElement('button');
      this.button.type = 'button';
      this.button.className = 'icon-button';
      this.status = document.createElement('span');
      this.status.className = 'sr-only';
      this.status.setAttribute('role', 'status');
      this.append(this.code, this.button, this.status);
      this.button.addEventListener('click', () => this.copy());
      this.rest();
      this.render();
    }
    attributeChangedCallback() {
      if (this.code) this.render();
    }
    render() {
      this.code.textContent = this.getAttribute('show') ?? this.getAttribute('text');
    }
    rest() {
      this.button.innerHTML = COPY;
      this.button.title = 'Copy';
      this.button.setAttribute('aria-label', 'Copy ' + (this.getAttribute('label') ?? ''));
      this.removeAttribute('copied');
      this.status.textContent = '';
    }
    async copy() {
      try {
        await copy(this.getAttribute('text'));
        this.button.innerHTML = DONE;
        this.setAttribute('copied', '');
        this.status.textContent = 'Copied';
      } catch (e) {
        getSelection().selectAllChildren(this.code);
        this.status.textContent = 'Could not copy. The text is selected: press Ctrl+C.';
        this.button.title = this.status.textContent;
      }
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.rest(), 2000);
    }
  });
})();
