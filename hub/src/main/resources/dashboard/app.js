// The page: where one is, whether the hub is heard of, and how it looks.
import { h, render } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { LiveFeed, REFUSED, rest, Unauthorized } from './hub.js';
import { History } from './figures.js';
import { Overview } from './overview.js';
import { Sessions } from './sessions.js';
import { Topics } from './topics.js';
import { Playground } from './playground.js';
import { Upstreams } from './upstreams.js';
import { Alerts } from './alerts.js';
import { hasNodes, Tag, useAlerts } from './parts.js';

const VIEWS = { overview: ['Overview', Overview], sessions: ['Sessions', Sessions], topics: ['Topics', Topics], playground: ['Playground', Playground], upstreams: ['Upstreams', Upstreams], alerts: ['Alerts', Alerts] };
const STATS = '$hub.stats';
const here = () => (location.hash.slice(2) in VIEWS ? location.hash.slice(2) : 'overview');

function useView() {
  const [view, set] = useState(here());
  useEffect(() => {
    const changed = () => set(here());
    addEventListener('hashchange', changed);
    return () => removeEventListener('hashchange', changed);
  }, []);
  return view;
}

/** The system's theme until somebody chooses one, who then keeps it. */
function useTheme() {
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const [theme, set] = useState(localStorage.getItem('theme') || (dark.matches ? 'dark' : 'light'));
  document.documentElement.dataset.theme = theme;
  useEffect(() => {
    const changed = () => localStorage.getItem('theme') || set(dark.matches ? 'dark' : 'light');
    dark.addEventListener('change', changed);
    return () => dark.removeEventListener('change', changed);
  }, []);
  return [theme, () => {
    const other = theme === 'dark' ? 'light' : 'dark';
    localStorage.setItem('theme', other);
    set(other);
  }];
}

/** Those that fire, whatever view is shown. That asks by HTTP, so it also finds out that a login has ended, which no WebSocket says. */
function useFiring(isIn) {
  const { value } = useAlerts(isIn, 5000);
  const where = (node) => (hasNodes(value) ? ` on node ${node}` : '');
  return (isIn && value ? value.alerts : []).filter(({ state }) => state === 'firing').map(({ node, name, when }) => ({ key: `${node} ${name}`, words: `Alert ${name}${where(node)}: ${when}` }));
}

function App() {
  const view = useView();
  const [theme, changeTheme] = useTheme();
  const [access, setAccess] = useState('asking');
  const [state, setState] = useState('connecting');
  const [, redraw] = useState(0);
  const firing = useFiring(access === 'granted');
  const history = useRef(new History()).current;
  const feed = useRef(null);
  const main = useRef(null);
  const hasEntered = useRef(false);

  const enter = () => rest('GET', '/api/v1/stats').then((stats) => {
    history.add(stats);
    setAccess('granted');
  }, (error) => error instanceof Unauthorized || setAccess('lost'));

  useEffect(() => {
    const refused = () => setAccess((before) => (before === 'granted' || before === 'ended' ? 'ended' : 'denied'));
    addEventListener(REFUSED, refused);
    enter();
    return () => removeEventListener(REFUSED, refused);
  }, []);
  useEffect(() => {
    if (access !== 'lost') return undefined;
    const timer = setTimeout(enter, 2000);
    return () => clearTimeout(timer);
  });
  useEffect(() => {
    if (access !== 'granted') return undefined;
    feed.current = new LiveFeed(setState);
    feed.current.listen(STATS, ({ pub }) => {
      if (!pub) return;
      history.add(pub.d);
      redraw((n) => n + 1);
    });
    redraw((n) => n + 1);
    if (hasEntered.current) main.current.focus();
    return () => {
      feed.current.close();
      feed.current = null;
      setState('connecting');
    };
  }, [access]);
  useEffect(() => {
    document.title = `${VIEWS[view][0]} · Hawser`;
    if (main.current && main.current.dataset.shown) main.current.focus();
    if (main.current) main.current.dataset.shown = 'true';
    document.querySelector('nav [aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [view]);

  if (access === 'denied' || access === 'ended') return h(Login, { isAgain: access === 'ended', onEntered: () => { hasEntered.current = true; enter(); } });
  const View = VIEWS[view][1];
  return h('div', { class: 'frame' },
    h('a', { class: 'skip', href: '#main', onClick: (event) => { event.preventDefault(); main.current.focus(); } }, 'To the content'),
    h('header', { class: 'top' },
      h('a', { class: 'brand', href: '#/overview' }, h('img', { src: '/assets/icon.svg', alt: '', width: 22, height: 22 }), 'Hawser'),
      h('nav', { 'aria-label': 'Views' }, Object.entries(VIEWS).map(([name, [title]]) => h('a', { key: name, href: `#/${name}`, 'aria-current': name === view ? 'page' : null }, title, name === 'alerts' && firing.length > 0 && h('span', { class: 'tag bad', 'aria-hidden': 'true' }, firing.length)))),
      h('span', { class: 'state', role: 'status', 'data-testid': 'state' }, h(Tag, { kind: access === 'lost' || state !== 'open' ? 'warn' : 'good' }, access === 'lost' ? 'away' : state === 'open' ? 'live' : 'connecting')),
      h('button', { type: 'button', class: 'theme', onClick: changeTheme, 'aria-label': theme === 'dark' ? 'Light colours' : 'Dark colours', title: theme === 'dark' ? 'Light colours' : 'Dark colours' }, theme === 'dark' ? '☀' : '☾')),
    // Each that begins is said, those that go on are not said again.
    h('div', { class: 'hidden', role: 'alert', 'aria-atomic': 'false', 'aria-relevant': 'additions' }, firing.map(({ key, words }) => h('p', { key }, words))),
    h('main', { id: 'main', ref: main, tabIndex: -1 },
      h('h1', { class: 'hidden' }, VIEWS[view][0]),
      access === 'granted' && feed.current && h(View, { history, feed: feed.current, theme })));
}

function Login({ isAgain, onEntered }) {
  const [token, setToken] = useState('');
  const field = useRef(null);
  useEffect(() => field.current.focus(), []);
  const [error, setError] = useState('');
  const submit = (event) => {
    event.preventDefault();
    rest('POST', '/login', new URLSearchParams({ token }), 'application/x-www-form-urlencoded').then(onEntered, (error) => setError(error instanceof Unauthorized ? 'That is not the token of this hub.' : error.message));
  };
  return h('main', { class: 'login' }, h('form', { onSubmit: submit },
    h('h1', null, h('img', { src: '/assets/icon.svg', alt: '', width: 28, height: 28 }), 'Hawser'),
    isAgain && h('p', { role: 'status' }, 'The login has ended.'),
    h('label', null, 'Admin token', h('input', { type: 'password', autocomplete: 'current-password', required: true, ref: field, value: token, onInput: (event) => setToken(event.target.value) })),
    error && h('p', { class: 'failure', role: 'alert' }, error),
    h('button', { type: 'submit', class: 'primary' }, 'Enter'),
    h('p', { class: 'muted' }, 'It is in the file that the hub was started with, --admin-token-file, or in HAWSER_ADMIN_TOKEN.')));
}

render(h(App), document.getElementById('app'));
