// Says when the platform doesn't answer: what is shown doesn't change then, and looks as if it were true. (Push connects again by itself.)
(() => {
  const EVERY = 10000;
  const bar = document.createElement('p');
  bar.className = 'connection-lost';
  bar.setAttribute('role', 'status');
  bar.textContent = 'Slipway doesn’t answer. What you see may be out of date. Trying again…';
  let failures = 0;

  async function look() {
    if (!document.hidden) {
      try {
        const answer = await fetch('/health', {cache: 'no-store', signal: AbortSignal.timeout(5000)});
        failures = answer.ok ? 0 : failures + 1;
      } catch (e) {
        failures++;
      }
      if (failures > 1) document.body.append(bar);
      else bar.remove();
    }
    setTimeout(look, failures ? EVERY / 4 : EVERY);
  }

  setTimeout(look, EVERY);
})();
