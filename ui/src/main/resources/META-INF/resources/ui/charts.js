// <slip-charts source releases>: an app's metrics from the REST API, drawn as SVG. Releases are vertical lines. One pointer shows the same
// moment in all charts.
(() => {
  const RANGES = [['HOUR', '1 hour', 3600], ['SIX_HOURS', '6 hours', 21600], ['DAY', '24 hours', 86400], ['WEEK', '7 days', 604800]];
  const REFRESH = 10000;
  const HEIGHT = 150;
  const LEFT = 54;
  const RIGHT = 8;
  const TOP = 12;
  const BOTTOM = 22;
  const MOST_LINES = 50;

  const number = value => value >= 100 ? Math.round(value).toLocaleString() : String(Number(value.toPrecision(3)));
  const perSecond = value => number(value) + '/s';
  const millis = value => value >= 1000 ? number(value / 1000) + ' s' : number(value) + ' ms';
  const bytes = value => value >= 2 ** 30 ? number(value / 2 ** 30) + ' GiB' : number(value / 2 ** 20) + ' MiB';
  const cpus = value => number(value) + (value === 1 ? ' CPU' : ' CPUs');

  // What is drawn: each line's name, colour and value of a point; null where there is nothing to show.
  const CHARTS = [
    {title: 'Requests', unit: perSecond, least: 1, area: true, lines: [
      ['Answered', 'good', (p, step) => (p.success + p.redirects) / step],
      ['Client errors (4xx)', 'warn', (p, step) => p.clientErrors / step],
      ['Server errors (5xx)', 'bad', (p, step) => p.serverErrors / step],
      ['Aborted', 'quiet', (p, step) => p.aborted / step]]},
    {title: 'Time to answer', unit: millis, least: 1, lines: [
      ['Half', 'active', p => p.requests ? p.p50Millis : null],
      ['95 %', 'warn', p => p.requests ? p.p95Millis : null],
      ['99 %', 'bad', p => p.requests ? p.p99Millis : null]]},
    {title: 'CPU', unit: cpus, least: 0.01, each: true, value: use => use.cpu},
    {title: 'Memory', unit: bytes, least: 2 ** 20, each: true, value: use => use.memoryBytes,
      limit: points => points.reduce((most, p) => p.instances.reduce((m, use) => Math.max(m, use.limitBytes), most), 0)},
    {title: 'Instances started', unit: number, least: 1, bars: true, lines: [['Started', 'active', p => p.starts]]},
  ];

  function svg(name, attributes, ...children) {
    const element = document.createElementNS('http://www.w3.org/2000/svg', name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...children);
    return element;
  }

  function html(name, className, text) {
    const element = document.createElement(name);
    element.className = className;
    if (text !== undefined) element.textContent = text;
    return element;
  }

  function hue(name) {
    let hash = 0;
    for (const character of name) hash = (hash * 31 + character.charCodeAt(0)) % 3600;
    return (hash * 137.5) % 360;
  }

  // The next of 1, 2, 5, 10 … (for bytes of their powers of two).
  function ceiling(value, unit) {
    if (unit === bytes) return 2 ** Math.ceil(Math.log2(value));
    const power = 10 ** Math.floor(Math.log10(value));
    return power * [1, 2, 5, 10].find(step => step * power >= value * 0.999);
  }

  class Charts extends HTMLElement {
    static observedAttributes = ['releases', 'source'];

    connectedCallback() {
      if (!this.body) this.build();
      this.sizes = new ResizeObserver(() => this.draw());
      this.sizes.observe(this.body);
      this.load();
    }

    disconnectedCallback() {
      this.sizes.disconnect();
      clearTimeout(this.timer);
    }

    attributeChangedCallback(name) {
      if (!this.body || !this.isConnected) return;
      if (name === 'source') this.load();
      else this.draw();
    }

    build() {
      this.classList.add('charts');
      const bar = html('div', 'charts-bar');
      bar.setAttribute('role', 'group');
      bar.setAttribute('aria-label', 'How far back');
      for (const [range, text] of RANGES) {
        const button = html('button', 'charts-range', text);
        button.type = 'button';
        button.dataset.range = range;
        button.addEventListener('click', () => this.choose(range));
        bar.append(button);
      }
      this.state = html('span', 'charts-state quiet');
      this.state.setAttribute('role', 'status');
      bar.append(html('span', 'log-space'), this.state);
      this.body = html('div', 'charts-body');
      this.empty = html('div', 'empty');
      this.empty.hidden = true;
      this.append(bar, this.empty, this.body);
      this.choose('HOUR');
    }

    choose(range) {
      this.range = range;
      for (const button of this.querySelectorAll('.charts-range')) button.setAttribute('aria-pressed', button.dataset.range === range);
      this.page = null;
      if (this.isConnected) this.load();
    }

    async load() {
      clearTimeout(this.timer);
      const range = this.range;
      try {
        const answer = await fetch(this.getAttribute('source') + '?range=' + range, {headers: {Accept: 'application/json'}, credentials: 'same-origin'});
        if (answer.status === 401) throw new Error('You were logged out. Reload the page to log in again.');
        if (!answer.ok) throw new Error((await answer.json()).detail || 'The metrics can\u2019t be read now.');
        const page = await answer.json();
        if (range !== this.range) return;
        this.page = page;
        this.state.textContent = '';
        this.draw();
      } catch (e) {
        if (range !== this.range) return;
        this.state.textContent = e instanceof TypeError ? 'The connection was lost. It is tried again.' : e.message;
      }
      if (this.isConnected) this.timer = setTimeout(() => document.hidden ? this.wait() : this.load(), REFRESH);
    }

    wait() {
      document.addEventListener('visibilitychange', () => this.isConnected && this.load(), {once: true});
    }

    draw() {
      if (!this.page || !this.body.clientWidth) return;
      const seconds = RANGES.find(([range]) => range === this.range)[2];
      const to = Date.now();
      this.from = to - seconds * 1000;
      this.to = to;
      const points = this.page.points.map(point => ({...point, time: Date.parse(point.at)}));
      this.showEmpty(points.length === 0);
      this.marks = JSON.parse(this.getAttribute('releases') || '[]')
        .map(mark => ({...mark, time: Date.parse(mark.at)})).filter(mark => mark.time >= this.from && mark.time <= to);
      this.drawn = points.length ? CHARTS.map(chart => this.chart(chart, points)) : [];
      this.body.replaceChildren(...this.drawn.map(drawn => drawn.figure));
      if (this.pointed) this.point(this.pointed);
    }

    showEmpty(empty) {
      this.empty.hidden = !empty;
      if (!empty || this.empty.childElementCount) return;
      this.empty.append(html('h2', '', 'Nothing was measured yet'),
        html('p', '', 'As soon as an instance runs, its CPU, memory and requests are measured every 10 seconds and drawn here. A week of it is kept.'));
    }

    lines(chart, points) {
      if (!chart.each) return chart.lines.map(([name, tone, value]) => ({name, colour: `var(--slip-${tone})`, value: p => value(p, this.page.stepSeconds)}));
      // of a week of crashes not all: the newest
      const ids = [...new Set(points.flatMap(point => point.instances.map(use => use.id)))].slice(-MOST_LINES);
      return ids.map(id => ({name: id, colour: `light-dark(oklch(0.55 0.13 ${hue(id)}), oklch(0.76 0.11 ${hue(id)}))`, value: point => {
        const use = point.instances.find(one => one.id === id);
        return use ? chart.value(use) : null;
      }}));
    }

    chart(chart, points) {
      const lines = this.lines(chart, points);
      const figure = html('figure', 'chart');
      const caption = html('figcaption', 'chart-title', chart.title);
      const legend = html('div', 'chart-legend');
      const width = figure.clientWidth || this.width();
      const limit = chart.limit ? chart.limit(points) : 0;
      let highest = chart.least;
      for (const line of lines) for (const point of points) highest = Math.max(highest, line.value(point) ?? 0);
      const top = ceiling(limit && limit < highest * 4 ? Math.max(limit, highest) : highest, chart.unit);
      const x = time => LEFT + (time - this.from) / (this.to - this.from) * (width - LEFT - RIGHT);
      const y = value => TOP + (1 - value / top) * (HEIGHT - TOP - BOTTOM);
      const canvas = svg('svg', {width, height: HEIGHT, viewBox: `0 0 ${width} ${HEIGHT}`, role: 'img', 'aria-label': this.summary(chart, lines, points)});
      this.axes(canvas, chart, top, x, y, width);
      this.drawMarks(canvas, x);
      if (limit && limit <= top) {
        canvas.append(svg('line', {class: 'chart-limit', x1: LEFT, x2: width - RIGHT, y1: y(limit), y2: y(limit)}));
      }
      for (const line of lines) canvas.append(...(chart.bars ? this.bars(line, points, x, y) : this.path(line, points, x, y, chart.area && line === lines[0])));
      const cursor = svg('line', {class: 'chart-cursor', y1: TOP, y2: HEIGHT - BOTTOM, x1: -10, x2: -10});
      canvas.append(cursor);
      canvas.addEventListener('pointermove', event => this.point(this.from + (event.offsetX - LEFT) / (width - LEFT - RIGHT) * (this.to - this.from)));
      canvas.addEventListener('pointerleave', () => this.point(null));
      const drawn = {chart, lines, points, figure, legend, cursor, x};
      this.showLegend(drawn, null);
      figure.append(caption, legend, canvas);
      return drawn;
    }

    width() {
      const columns = getComputedStyle(this.body).gridTemplateColumns.split(' ');
      return Math.max(240, Math.floor((parseFloat(columns[0]) || this.body.clientWidth) - 34));
    }

    axes(canvas, chart, top, x, y, width) {
      for (const part of [0, 0.5, 1]) {
        canvas.append(svg('line', {class: 'chart-grid', x1: LEFT, x2: width - RIGHT, y1: y(top * part), y2: y(top * part)}));
        canvas.append(svg('text', {class: 'chart-label', x: LEFT - 8, y: y(top * part) + 4, 'text-anchor': 'end'}, chart.unit(top * part)));
      }
      const format = new Intl.DateTimeFormat(undefined, this.range === 'WEEK' ? {weekday: 'short', day: 'numeric'} : {hour: '2-digit', minute: '2-digit', hour12: false});
      const labels = Math.max(2, Math.min(6, Math.floor(width / 90)));
      for (let i = 0; i <= labels; i++) {
        const time = this.from + (this.to - this.from) * i / labels;
        const anchor = i === 0 ? 'start' : i === labels ? 'end' : 'middle';
        canvas.append(svg('text', {class: 'chart-label', x: x(time), y: HEIGHT - 6, 'text-anchor': anchor}, format.format(time)));
      }
    }

    drawMarks(canvas, x) {
      let last = -100;
      for (const mark of [...this.marks].sort((a, b) => a.time - b.time)) {
        const at = x(mark.time);
        canvas.append(svg('line', {class: 'chart-mark', x1: at, x2: at, y1: TOP - 2, y2: HEIGHT - BOTTOM},
          svg('title', {}, 'Release ' + mark.release)));
        if (at - last > 28) {
          canvas.append(svg('text', {class: 'chart-label chart-mark-label', x: at, y: TOP - 3, 'text-anchor': 'middle'}, 'r' + mark.release));
          last = at;
        }
      }
    }

    // Where nothing was measured for longer than two steps the line is interrupted.
    path(line, points, x, y, area) {
      const step = this.page.stepSeconds * 1000;
      const runs = [];
      let before = -Infinity;
      for (const point of points) {
        const value = line.value(point);
        if (value === null) continue;
        if (point.time - before > 2.5 * step) runs.push([]);
        runs.at(-1).push([x(Math.max(this.from, point.time + step / 2)), y(value)]);
        before = point.time;
      }
      const parts = [];
      for (const run of runs) {
        const text = run.map(([px, py], i) => (i ? 'L' : 'M') + px.toFixed(1) + ' ' + py.toFixed(1)).join('');
        if (area) parts.push(svg('path', {class: 'chart-area', d: `${text}L${run.at(-1)[0].toFixed(1)} ${y(0)}L${run[0][0].toFixed(1)} ${y(0)}Z`, style: `fill: ${line.colour}`}));
        parts.push(run.length === 1 ? svg('circle', {cx: run[0][0], cy: run[0][1], r: 2, style: `fill: ${line.colour}`})
          : svg('path', {class: 'chart-line', d: text, style: `stroke: ${line.colour}`}));
      }
      return parts;
    }

    bars(line, points, x, y) {
      const step = this.page.stepSeconds * 1000;
      const width = Math.max(2, x(this.from + step) - x(this.from) - 1);
      return points.filter(point => line.value(point) > 0).map(point =>
        svg('rect', {x: x(point.time), y: y(line.value(point)), width, height: y(0) - y(line.value(point)), style: `fill: ${line.colour}`}));
    }

    // The same moment in all charts; null shows the newest.
    point(time) {
      if (!this.page) return;
      this.pointed = time;
      const step = this.page.stepSeconds * 1000;
      for (const drawn of this.drawn) {
        const point = time === null ? null : drawn.points.find(one => time >= one.time && time < one.time + step) ?? {};
        const at = time === null ? -10 : drawn.x(time);
        drawn.cursor.setAttribute('x1', at);
        drawn.cursor.setAttribute('x2', at);
        this.showLegend(drawn, point);
      }
      const exact = new Intl.DateTimeFormat(undefined, {dateStyle: 'medium', timeStyle: 'medium'});
      this.state.textContent = time === null ? '' : exact.format(time);
    }

    showLegend({chart, lines, points, legend}, point) {
      const shown = point ?? points.at(-1);
      const entries = lines.map(line => {
        const value = shown.time === undefined ? null : line.value(shown);
        return {line, value};
      }).filter(({value}) => !chart.each || value !== null).sort((a, b) => chart.each ? b.value - a.value : 0);
      const most = 4;
      legend.replaceChildren(...entries.slice(0, most).map(({line, value}) => {
        const entry = html('span', 'chart-entry');
        entry.style.setProperty('--colour', line.colour);
        entry.append(html('span', 'chart-name', line.name), html('b', '', value === null ? '–' : chart.unit(value)));
        entry.title = line.name;
        return entry;
      }));
      if (entries.length > most) legend.append(html('span', 'chart-entry quiet', `and ${entries.length - most} more`));
      if (!entries.length) legend.append(html('span', 'quiet', 'Nothing ran'));
    }

    summary(chart, lines, points) {
      const last = points.at(-1);
      return chart.title + ': ' + lines.slice(0, 6).map(line => {
        const value = line.value(last);
        return line.name + ' ' + (value === null ? 'nothing' : chart.unit(value));
      }).join(', ');
    }
  }

  customElements.define('slip-charts', Charts);
})();
