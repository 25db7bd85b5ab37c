// Terminal text to pieces of {text, style, classes}: SGR colours and attributes (ECMA-48, 8.3.117); other control sequences are dropped.
window.Slipway ??= {};
Slipway.ansi = (() => {
  // CSI … final | OSC … (BEL | ST) | other two-byte escapes | control characters that have no place in a line
  const SEQUENCE = /\x1b\[([0-?]*)[ -/]*([@-~])|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)?|\x1b[ -/]*[0-~]?|[\x00-\x08\x0b-\x1f\x7f]/g;
  const LONGEST = 4000;

  // A carriage return goes back to the line's beginning, as progress bars do.
  function lastPass(line) {
    const end = line.endsWith('\r') ? line.length - 1 : line.length;
    return line.slice(line.lastIndexOf('\r', end - 1) + 1, end);
  }

  function plain(line) {
    return line.indexOf('\x1b') < 0 && line.indexOf('\r') < 0 ? line : lastPass(line).replace(SEQUENCE, '');
  }

  function cube(n) {
    const step = i => i ? 55 + 40 * i : 0;
    if (n >= 232) return `rgb(${8 + 10 * (n - 232)},${8 + 10 * (n - 232)},${8 + 10 * (n - 232)})`;
    return `rgb(${step(Math.floor((n - 16) / 36))},${step(Math.floor((n - 16) / 6) % 6)},${step((n - 16) % 6)})`;
  }

  const named = n => `var(--ansi-${n})`;
  const byte = n => Math.min(255, Math.max(0, n | 0));

  // 38 and 48: "5;n" or "2;r;g;b" follow; answers how many parameters were read.
  function extended(codes, i, set) {
    if (codes[i + 1] === 5) {
      const n = byte(codes[i + 2]);
      set(n < 16 ? named(n) : cube(n));
      return 2;
    }
    if (codes[i + 1] === 2) {
      set(`rgb(${byte(codes[i + 2])},${byte(codes[i + 3])},${byte(codes[i + 4])})`);
      return 4;
    }
    return 0;
  }

  function apply(state, parameters) {
    const codes = parameters.split(/[;:]/).map(Number);
    for (let i = 0; i < codes.length; i++) {
      const code = codes[i];
      if (code === 0) Object.assign(state, {fg: '', bg: '', bold: false, dim: false, italic: false, underline: false, inverse: false, strike: false});
      else if (code === 1) state.bold = true;
      else if (code === 2) state.dim = true;
      else if (code === 3) state.italic = true;
      else if (code === 4 || code === 21) state.underline = true;
      else if (code === 7) state.inverse = true;
      else if (code === 9) state.strike = true;
      else if (code === 22) state.bold = state.dim = false;
      else if (code === 23) state.italic = false;
      else if (code === 24) state.underline = false;
      else if (code === 27) state.inverse = false;
      else if (code === 29) state.strike = false;
      else if (code >= 30 && code <= 37) state.fg = named(code - 30);
      else if (code === 38) i += extended(codes, i, colour => state.fg = colour);
      else if (code === 39) state.fg = '';
      else if (code >= 40 && code <= 47) state.bg = named(code - 40);
      else if (code === 48) i += extended(codes, i, colour => state.bg = colour);
      else if (code === 49) state.bg = '';
      else if (code >= 90 && code <= 97) state.fg = named(code - 82);
      else if (code >= 100 && code <= 107) state.bg = named(code - 92);
    }
  }

  function look(state) {
    const fg = state.inverse ? state.bg || 'var(--log-background)' : state.fg;
    const bg = state.inverse ? state.fg || 'var(--log-text)' : state.bg;
    const decoration = [state.underline && 'underline', state.strike && 'line-through'].filter(Boolean).join(' ');
    return {color: fg, backgroundColor: bg, fontWeight: state.bold ? '650' : '', opacity: state.dim ? '0.65' : '',
      fontStyle: state.italic ? 'italic' : '', textDecoration: decoration};
  }

  function pieces(line) {
    const text = lastPass(line);
    const state = {};
    const result = [];
    let length = 0;
    const add = part => {
      if (!part || length >= LONGEST) return;
      part = part.slice(0, LONGEST - length);
      length += part.length;
      result.push({text: part, style: look(state)});
    };
    let at = 0;
    for (const match of text.matchAll(SEQUENCE)) {
      add(text.slice(at, match.index));
      at = match.index + match[0].length;
      if (match[2] === 'm') apply(state, match[1]);
    }
    add(text.slice(at));
    if (length >= LONGEST) result.push({text: ' … the rest of this line is in the download', style: {opacity: '0.65'}});
    return result;
  }

  // Cuts pieces at the bounds of the occurrences of a text in small letters.
  function marked(pieces, query) {
    if (!query) return pieces;
    const text = pieces.map(piece => piece.text).join('').toLowerCase();
    const bounds = [];
    for (let at = text.indexOf(query); at >= 0; at = text.indexOf(query, at + query.length)) bounds.push([at, at + query.length]);
    if (!bounds.length) return pieces;
    const result = [];
    let offset = 0;
    for (const piece of pieces) {
      let at = 0;
      for (const [from, to] of bounds) {
        const begin = Math.max(from - offset, at);
        const end = Math.min(to - offset, piece.text.length);
        if (end <= begin) continue;
        if (begin > at) result.push({...piece, text: piece.text.slice(at, begin)});
        result.push({text: piece.text.slice(begin, end), mark: true});
        at = end;
      }
      if (at < piece.text.length) result.push({...piece, text: piece.text.slice(at)});
      offset += piece.text.length;
    }
    return result;
  }

  return {plain, pieces, marked};
})();
