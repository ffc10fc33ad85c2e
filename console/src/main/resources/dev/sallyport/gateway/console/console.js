// Charts of the operations page, and when live parts are left as they are. All else is HTML.
(() => {
  'use strict';

  const color = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

  const line = (label, stroke, dash) => ({ label, stroke: color(stroke), width: 2, dash, points: { show: false } });

  const axis = () => ({ stroke: color('--ink'), grid: { stroke: color('--line'), width: 1 }, ticks: { stroke: color('--line'), width: 1 } });

  // In UTC, as all times of the pages and of the log.
  const clock = (seconds) => (seconds == null ? '--' : new Date(seconds * 1000).toISOString().slice(11, 19));
  const time = { label: 'UTC', value: (chart, seconds) => clock(seconds) };
  const timeAxis = () => ({ ...axis(), space: 80, values: (chart, seconds) => seconds.map(clock) });

  const kinds = {
    calls: { series: () => [time, line('calls', '--one'), line('refused', '--two', [6, 3])], rows: (all) => [all[0], all[1], all[2]] },
    times: { series: () => [time, line('median', '--one'), line('99th', '--two', [6, 3])], rows: (all) => [all[0], all[3], all[4]] },
  };

  const charts = [];

  const draw = (all) => {
    charts.splice(0).forEach((chart) => chart.destroy());
    document.querySelectorAll('[data-chart]').forEach((place) => {
      const kind = kinds[place.dataset.chart];
      const options = {
        width: place.clientWidth, height: 200, series: kind.series(), axes: [timeAxis(), axis()], cursor: { drag: { x: false } },
      };
      charts.push(new uPlot(options, kind.rows(all), place));
    });
  };

  const load = () => fetch('/console/operations/series', { cache: 'no-store' })
    .then((answer) => (answer.ok ? answer.json() : Promise.reject(new Error('no series'))))
    .then(draw)
    .catch(() => {});

  if (document.querySelector('[data-chart]')) {
    load();
    setInterval(load, 10000);
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', load);
    addEventListener('resize', load);
  }

  // What the keyboard stands in is not replaced under it, and nothing is while updates are paused.
  const hasFocus = (part) => part.contains(document.activeElement);
  document.body.addEventListener('htmx:beforeSwap', (event) => {
    event.detail.shouldSwap = event.detail.shouldSwap && !hasFocus(event.detail.target);
  });

  const button = document.querySelector('[data-live]');
  if (button) {
    let paused = false;
    button.addEventListener('click', () => {
      paused = !paused;
      button.setAttribute('aria-pressed', String(paused));
    });
    document.body.addEventListener('htmx:sseBeforeMessage', (event) => {
      if (paused || hasFocus(document.querySelector('#live'))) {
        event.preventDefault();
      }
    });
  }
})();
