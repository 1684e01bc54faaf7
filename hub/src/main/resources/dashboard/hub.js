// The hub as this page talks to it: requests of REST, and its own WebSocket.

export class Unauthorized extends Error {}

/** Told to the window whenever the hub asks for its token, whatever it was that was asked for. */
export const REFUSED = 'refused';

/** What is read is given up after that: a node may take 5 s to answer another one. */
const PATIENCE = 15000;

export async function rest(method, path, body, type = 'application/json') {
  const response = await fetch(path, {
    method,
    signal: method === 'GET' ? AbortSignal.timeout(PATIENCE) : undefined,
    headers: body === undefined ? {} : { 'Content-Type': type },
    body: body === undefined ? undefined : type === 'application/json' ? JSON.stringify(body) : body,
    credentials: 'same-origin',
  });
  if (response.status === 401) {
    dispatchEvent(new Event(REFUSED));
    throw new Unauthorized('the hub asks for its token');
  }
  const text = await response.text();
  let value = null;
  try {
    value = text ? JSON.parse(text) : null;
  } catch {
    value = null;
  }
  if (!response.ok) {
    const error = new Error((value && (value.detail || value.title)) || `${response.status} ${response.statusText}`);
    error.status = response.status;
    throw error;
  }
  return value;
}

const url = () => `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/ws`;

/** One session of hawser.v1.json. Hears of every frame by `onFrame(direction, text)`. */
export class Session {
  constructor({ client, onFrame = () => {}, onState = () => {}, onPush = () => {} }) {
    this.client = client;
    this.onFrame = onFrame;
    this.onState = onState;
    this.onPush = onPush;
    this.nextId = 1;
    this.waiting = new Map();
    this.sid = null;
  }

  open() {
    this.onState('connecting');
    this.socket = new WebSocket(url(), 'hawser.v1.json');
    this.socket.onopen = () => this.request('hello', { client: this.client }).then((welcome) => {
      this.sid = welcome.sid;
      this.onState('open', welcome);
    }, (error) => this.onState('failed', error));
    this.socket.onmessage = (event) => this.received(event.data);
    this.socket.onclose = (event) => {
      for (const { reject } of this.waiting.values()) reject(new Error('the connection has closed'));
      this.waiting.clear();
      this.onState('closed', event);
    };
    return this;
  }

  received(text) {
    this.onFrame('in', text);
    const message = JSON.parse(text);
    const waiting = message.id && this.waiting.get(message.id);
    if (!waiting) {
      this.onPush(message);
      return;
    }
    this.waiting.delete(message.id);
    if (message.err) waiting.reject(new Error(message.err.msg || `error ${message.err.code}`));
    else waiting.resolve(message[Object.keys(message).find((key) => key !== 'id')]);
  }

  send(text) {
    this.onFrame('out', text);
    this.socket.send(text);
  }

  request(name, value) {
    const id = this.nextId++;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      try {
        this.send(JSON.stringify({ id, [name]: value }));
      } catch (error) {
        this.waiting.delete(id);
        reject(error);
      }
    });
  }

  close() {
    if (this.socket) this.socket.close(1000);
  }
}

const LONGEST_PAUSE = 15000;

/** A session that is opened again whenever it is lost, and hears of what it has subscribed to. */
export class LiveFeed {
  constructor(onState) {
    this.onState = onState;
    this.listeners = new Map();
    this.pause = 500;
    this.connect();
  }

  connect() {
    if (this.isOver) return;
    this.session = new Session({
      client: 'dashboard',
      onState: (state, detail) => this.changed(state, detail),
      onPush: (message) => this.pushed(message),
    }).open();
  }

  changed(state) {
    if (this.isOver) return;
    this.state = state;
    this.onState(state);
    if (state === 'open') {
      this.pause = 500;
      for (const topic of this.listeners.keys()) this.subscribe(topic);
    } else if (state === 'closed') {
      const wait = this.pause * (0.5 + Math.random());
      this.pause = Math.min(LONGEST_PAUSE, this.pause * 2);
      setTimeout(() => this.connect(), wait);
    }
  }

  /** For good: it says nothing from now on. */
  close() {
    this.isOver = true;
    this.session.close();
  }

  subscribe(topic) {
    this.session.request('sub', { topic }).catch((error) => this.tell(topic, { error }));
  }

  pushed(message) {
    const [kind, value] = Object.entries(message)[0] || [];
    if (kind === 'pub' || kind === 'gap' || kind === 'resync') this.tell(value.topic, { [kind]: value });
  }

  tell(topic, what) {
    for (const listener of this.listeners.get(topic) || []) listener(what);
  }

  /** Hears of `topic` until the function that it gives is called. */
  listen(topic, listener) {
    const known = this.listeners.get(topic);
    if (known) known.add(listener);
    else {
      this.listeners.set(topic, new Set([listener]));
      if (this.state === 'open') this.subscribe(topic);
    }
    return () => {
      const listeners = this.listeners.get(topic);
      listeners.delete(listener);
      if (listeners.size) return;
      this.listeners.delete(topic);
      if (this.state === 'open') this.session.request('unsub', { topic }).catch(() => {});
    };
  }
}
