import { h, Fragment } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Session } from './hub.js';
import { Empty, Failure, Log, Panel, Tag } from './parts.js';

const KEPT = 300;

/** A session of its own, whose frames are shown as they are. */
export function Playground() {
  const [state, setState] = useState('closed');
  const [frames, setFrames] = useState([]);
  const [error, setError] = useState(null);
  const [client, setClient] = useState('playground');
  const [topic, setTopic] = useState('room.1');
  const [text, setText] = useState('');
  const [to, setTo] = useState('');
  const [raw, setRaw] = useState('{"id":100,"who":{"topic":"room.1"}}');
  const session = useRef(null);
  const key = useRef(0);

  const connect = () => {
    setError(null);
    session.current = new Session({
      client,
      onFrame: (direction, frame) => setFrames((before) => [{ key: ++key.current, direction, frame, at: new Date() }, ...before].slice(0, KEPT)),
      onState: (now, detail) => {
        setState(now);
        if (now === 'failed') setError(detail);
        if (now === 'closed' && detail && detail.code !== 1000) setError(new Error(`closed with ${detail.code} ${detail.reason}`));
      },
    }).open();
  };
  useEffect(() => () => session.current && session.current.close(), []);

  const isOpen = state === 'open';
  const ask = (name, value) => session.current.request(name, value).then(() => setError(null), setError);
  const submit = (action) => (event) => {
    event.preventDefault();
    action();
  };
  const payload = () => {
    try {
      return JSON.parse(text);
    } catch {
      return text;
    }
  };
  const field = (label, value, set, more = {}) =>
    h('label', null, label, h('input', { value, onInput: (event) => set(event.target.value), ...more }));

  return h('div', { class: 'split talk' },
    h(Panel, { title: 'Say', actions: h(Tag, { kind: isOpen ? 'good' : '' }, state) },
      h(Failure, { what: 'The hub says no', error }),
      h('form', { onSubmit: submit(isOpen ? () => session.current.close() : connect) },
        field('Client name', client, setClient, { disabled: isOpen, required: true }),
        h('button', { type: 'submit', class: isOpen ? '' : 'primary', disabled: state === 'connecting' }, isOpen ? 'Disconnect' : 'Connect')),
      isOpen && h('p', { class: 'muted' }, 'This session is ', h('code', { 'data-testid': 'sid' }, session.current.sid)),
      h('form', { onSubmit: submit(() => ask('sub', { topic })) },
        field('Topic', topic, setTopic, { required: true }),
        h('button', { type: 'submit', disabled: !isOpen }, 'Subscribe'),
        h('button', { type: 'button', disabled: !isOpen, onClick: () => ask('unsub', { topic }) }, 'Leave')),
      h('form', { onSubmit: submit(() => ask('pub', { topic, d: payload() })) },
        field('Message: a text, or JSON', text, setText, { required: true }),
        h('button', { type: 'submit', class: 'primary', disabled: !isOpen }, 'Publish'),
        h('button', { type: 'button', disabled: !isOpen || !text, onClick: () => ask('bcast', { d: payload() }) }, 'Broadcast')),
      h('form', { onSubmit: submit(() => ask('send', { to, d: payload() })) },
        field('Session to send that to', to, setTo, { required: true }),
        h('button', { type: 'submit', disabled: !isOpen || !text }, 'Send')),
      h('form', { onSubmit: submit(() => session.current.send(raw)) },
        field('Any frame of hawser.v1', raw, setRaw, { required: true, spellcheck: false }),
        h('button', { type: 'submit', disabled: !isOpen }, 'Send frame'))),
    h(Panel, {
      title: 'Frames', wide: true, note: `${frames.length}`,
      actions: h('button', { type: 'button', disabled: frames.length === 0, onClick: () => setFrames([]) }, 'Clear'),
    },
    frames.length === 0
      ? h(Empty, { title: 'No frame yet' }, 'Connect, subscribe to a topic, and publish to it: every frame of the conversation appears here.')
      : h(Log, { name: 'Frames, newest first', testId: 'frames' },
        frames.map((each) => h('li', { key: each.key, class: each.direction },
          h('span', { class: 'arrow', title: each.direction === 'in' ? 'received' : 'sent' }, each.direction === 'in' ? '←' : '→'),
          h('time', null, each.at.toLocaleTimeString()), h('code', null, each.frame))))));
}
