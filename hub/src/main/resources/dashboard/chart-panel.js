// One chart of points over time, with its newest values in words.
import { h } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { Chart, LineController, LineElement, PointElement, LinearScale, Filler, Tooltip } from 'chart.js';
import { bytes } from './figures.js';
import { Panel } from './parts.js';

Chart.register(LineController, LineElement, PointElement, LinearScale, Filler, Tooltip);
Chart.defaults.animation = false;
Chart.defaults.font.family = 'system-ui, sans-serif';
Chart.defaults.font.size = 11;

const SPAN = 300;

/** Whole minutes, as many as there are points for. */
const span = (points) => (points.length ? Math.min(SPAN, Math.max(60, 60 * Math.ceil((points[points.length - 1].at - points[0].at) / 60000))) : 60);

const color = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/** The least power of two that four steps of reach `max`: parts of a KiB by tens are no round numbers. */
const binaryStep = (max) => 2 ** Math.max(0, Math.ceil(Math.log2(max / 4)));

const BINARY = {
  afterDataLimits: (axis) => { axis.$most = axis.max; },
  afterBuildTicks: (axis) => {
    const step = binaryStep(axis.$most);
    const steps = Math.max(1, Math.ceil(axis.$most / step));
    axis.max = steps * step;
    axis.ticks = Array.from({ length: steps + 1 }, (_, i) => ({ value: i * step }));
  },
};

function options(format, isStacked) {
  const grid = color('--line');
  const text = color('--muted');
  return {
    responsive: true,
    maintainAspectRatio: false,
    parsing: false,
    normalized: true,
    interaction: { mode: 'index', intersect: false },
    scales: {
      x: { type: 'linear', min: -SPAN, max: 0, grid: { display: false }, border: { color: grid }, ticks: { color: text, maxTicksLimit: 6, maxRotation: 0, callback: (value) => (value === 0 ? 'now' : value % 60 ? `${value} s` : `${value / 60} min`) } },
      y: { ...(format === bytes ? BINARY : {}), beginAtZero: true, stacked: isStacked, grid: { color: grid }, border: { display: false }, ticks: { color: text, maxTicksLimit: 5, callback: (value) => format(value) } },
    },
    plugins: {
      tooltip: {
        callbacks: {
          title: (items) => `${Math.round(-items[0].parsed.x)} s ago`,
          label: (item) => `${item.dataset.label}: ${format(item.parsed.y)}`,
        },
      },
    },
  };
}

function dataset(series, i, points, isStacked) {
  const stroke = color(`--series-${(i % 6) + 1}`);
  const newest = points.length ? points[points.length - 1].at : 0;
  return {
    label: series.name,
    data: points.map((point) => ({ x: (point.at - newest) / 1000, y: series.of(point) })).filter((point) => point.y !== null && point.y !== undefined),
    borderColor: stroke,
    backgroundColor: `${stroke}${isStacked ? '59' : '1f'}`,
    fill: isStacked || 'origin',
    borderWidth: 1.5,
    pointRadius: 0,
    pointHitRadius: 8,
    tension: 0.25,
  };
}

/** `series`: [{name, of(point)}] */
export function ChartPanel({ title, series, points, format, isStacked = false, theme }) {
  const canvas = useRef(null);
  const chart = useRef(null);
  const last = points[points.length - 1];
  const words = last ? series.map((each) => `${each.name} ${shown(each.of(last), format)}`).join(', ') : 'nothing yet';

  useEffect(() => {
    chart.current = new Chart(canvas.current, { type: 'line', data: { datasets: [] }, options: options(format, isStacked) });
    return () => chart.current.destroy();
  }, [theme]);

  useEffect(() => {
    chart.current.options.scales.x.min = -span(points);
    chart.current.data.datasets = series.map((each, i) => dataset(each, i, points, isStacked));
    chart.current.update('none');
  });

  return h(Panel, { title },
    h('ul', { class: 'legend' }, series.map((each, i) => h('li', { key: each.name, class: `series-${(i % 6) + 1}` }, h('span', null, each.name), h('b', null, last ? shown(each.of(last), format) : '–')))),
    h('div', { class: 'chart' }, h('canvas', { ref: canvas, role: 'img', 'aria-label': `${title}, the last five minutes. Now: ${words}` })));
}

const shown = (value, format) => (value === null || value === undefined ? '–' : format(value));
