// Loads the page again when a part of it didn't come, as it would stay empty otherwise. A browser drops all that it is loading when the machine's
// network changes, and where the apps run on the same machine that is whenever one starts or ends. Who has begun to type is only told.
(() => {
  const MOST = 4; // times in a row, with longer and longer pauses
  const FIRST_PAUSE = 500;
  const SETTLED = 10000;
  const KEY = 'slipway-loaded-again';
  let missing = false;
  let used = false;
  let timer;

  function again() {
    if (missing) return;
    missing = true;
    const times = count();
    if (used || times >= MOST) {
      tell();
    } else {
      sessionStorage.setItem(KEY, times + 1);
      timer = setTimeout(() => location.reload(), FIRST_PAUSE * 2 ** times);
    }
  }

  function count() {
    try {
      return Number(sessionStorage.getItem(KEY)) || 0;
    } catch (e) {
      return MOST; // no storage: nobody would count
    }
  }

  function forget() {
    try {
      sessionStorage.removeItem(KEY);
    } catch (e) { /* there was nothing */ }
  }

  function tell() {
    if (!document.body) {
      addEventListener('DOMContentLoaded', tell);
      return;
    }
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

  function stay() {
    clearTimeout(timer);
    timer = undefined;
  }

  // not what an extension or a proxy has put in
  function ours(part) {
    const address = part instanceof HTMLScriptElement ? part.src : part instanceof HTMLLinkElement && part.rel === 'stylesheet' ? part.href : '';
    return address && new URL(address, document.baseURI).origin === location.origin;
  }

  addEventListener('vite:preloadError', again);
  addEventListener('error', event => ours(event.target) && again(), true);
  for (const way of ['submit', 'beforeunload', 'pagehide']) addEventListener(way, stay);
  addEventListener('input', () => {
    used = true;
    if (timer) {
      stay();
      tell();
    }
  }, true);
  addEventListener('DOMContentLoaded', () => {
    const outlet = document.getElementById('outlet');
    // what the framework shows when its first question to the server got no answer, and goes on to show
    const look = () => {
      const stub = outlet.querySelector('iframe[src$="offline-stub.html"]');
      if (stub) {
        stub.hidden = true; // a browser wouldn't show it in a frame
        again();
      }
    };
    new MutationObserver(look).observe(outlet, {childList: true});
    look();
  });
  addEventListener('load', () => setTimeout(() => {
    if (!missing && document.querySelector('h1')) forget();
  }, SETTLED));
})();
