/** The client connection against a real WebSocket server on a real port. */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import {
  Connection,
  HallClock,
  LONGEST_PAUSE_MS,
  SILENCE_MS,
  isTransient,
  mayReplace,
  pauseBefore,
  socketUrl,
  type ConnectionState,
} from '@wire/connection';
import { CloseCode, type Hello, type SeatFrame } from '@wire/types';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { WebSocketServer, type WebSocket as ServerSocket } from 'ws';

interface TestView {
  readonly text: string;
}

/** A hall that says what the test tells it to, and remembers who said hello. */
class ScriptedHall {
  readonly server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  readonly hellos: Hello[] = [];
  readonly heard: unknown[] = [];
  readonly sockets: ServerSocket[] = [];
  epoch = '0000000001';
  seq = 1;
  /** Replaced by tests: what follows a hello. */
  welcome = (socket: ServerSocket) => {
    this.say(socket, {
      type: 'welcome',
      protocol: 1,
      epoch: this.epoch,
      server_time: 1_000_000,
      hall: 'test',
      version: '0',
    });
    this.view(socket, 'now');
  };

  constructor() {
    this.server.on('connection', (socket) => {
      this.sockets.push(socket);
      socket.on('message', (data: Buffer) => {
        const frame = JSON.parse(data.toString()) as SeatFrame;
        if (frame.type === 'hello') {
          this.hellos.push(frame);
          this.welcome(socket);
        } else {
          this.heard.push(frame);
        }
      });
    });
  }

  get url(): string {
    return `ws://127.0.0.1:${(this.server.address() as AddressInfo).port}/ws/v1/display`;
  }

  get last(): ServerSocket {
    const socket = this.sockets.at(-1);
    if (socket === undefined) throw new Error('nobody has connected');
    return socket;
  }

  say(socket: ServerSocket, frame: object): void {
    socket.send(JSON.stringify(frame));
  }

  view(socket: ServerSocket, text: string, epoch = this.epoch, seq = this.seq): void {
    this.say(socket, { type: 'view', epoch, seq, view: { text } });
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.terminate();
    this.server.close();
    await once(this.server, 'close');
  }
}

/** Waits for what a test expects to become true; the test's own time limit ends it. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
}

let hall: ScriptedHall;
let connection: Connection<TestView>;
let views: string[];
let states: ConnectionState[];
let frames: { type: string }[];

const words = () => states.map((state) => state.is);

beforeEach(async () => {
  hall = new ScriptedHall();
  await once(hall.server, 'listening');
  views = [];
  states = [];
  frames = [];
  connection = new Connection<TestView>({
    url: hall.url,
    hello: () => ({ token: 'a-token', lang: 'fr' }),
    onView: (view) => views.push(view.text),
    onState: (state) => states.push(state),
    onFrame: (frame) => frames.push(frame),
    random: () => 0,
  });
});

afterEach(async () => {
  connection.stop();
  await hall.close();
});

describe('a connection', () => {
  test('says hello first, and is live with the first view', async () => {
    connection.start();
    await until(() => views.length === 1);
    expect(hall.hellos).toEqual([{ type: 'hello', protocol: 1, token: 'a-token', lang: 'fr' }]);
    expect(words()).toEqual(['live']);
    expect(frames.map((frame) => frame.type)).toEqual(['welcome']);
  });

  test('shows no older view, of the same epoch or of an earlier one', async () => {
    hall.seq = 7;
    connection.start();
    await until(() => views.length === 1);
    hall.view(hall.last, 'older', hall.epoch, 6);
    hall.view(hall.last, 'the same again', hall.epoch, 7);
    hall.view(hall.last, 'before the recovery', '0000000000', 900);
    hall.view(hall.last, 'after a recovery', '0000000002', 1);
    hall.view(hall.last, 'late', '0000000001', 8);
    hall.view(hall.last, 'end', '0000000002', 2);
    await until(() => views.at(-1) === 'end');
    expect(views).toEqual(['now', 'the same again', 'after a recovery', 'end']);
  });

  test('keeps its place across a reconnect: a hall that is behind is not live', async () => {
    hall.seq = 7;
    connection.start();
    await until(() => views.length === 1);
    hall.seq = 3;
    hall.last.close(CloseCode.SLOW);
    await until(() => frames.length === 2);
    hall.say(hall.last, { type: 'error', code: 'mark', detail: '' });
    await until(() => frames.length === 3);
    expect(views).toEqual(['now']);
    expect(words()).toEqual(['live', 'lost']);
    hall.view(hall.last, 'caught up', hall.epoch, 8);
    await until(() => views.length === 2);
    expect(words()).toEqual(['live', 'lost', 'live']);
  });

  test.each([CloseCode.GOING_AWAY, CloseCode.SLOW, CloseCode.UNAVAILABLE, 1011, 1012, 1013])(
    'comes back after %i',
    async (code) => {
      connection.start();
      await until(() => views.length === 1);
      hall.last.close(code);
      await until(() => hall.hellos.length === 2 && views.length === 2);
      expect(words()).toEqual(['live', 'lost', 'live']);
    },
  );

  test('comes back after the wire was cut without a word', async () => {
    connection.start();
    await until(() => views.length === 1);
    hall.last.terminate();
    await until(() => views.length === 2);
    expect(words()).toEqual(['live', 'lost', 'live']);
  });

  test.each([
    CloseCode.PROTOCOL,
    CloseCode.UNAUTHORISED,
    CloseCode.FORBIDDEN,
    CloseCode.REPLACED,
    CloseCode.REVOKED,
    CloseCode.UNSUPPORTED,
  ])('stops after %i and says why', async (code) => {
    connection.start();
    await until(() => views.length === 1);
    hall.last.close(code, 'because');
    await until(() => states.length === 2);
    expect(states[1]).toEqual({ is: 'stopped', code, reason: 'because' });
    await new Promise((resolve) => setTimeout(resolve, 400)); // longer than the first pause
    expect(hall.hellos).toHaveLength(1);
  });

  test('is lost when nothing is said, though the hall leaves the socket open', async () => {
    connection.start();
    await until(() => views.length === 1);
    await until(() => words().includes('lost'));
    await until(() => views.length === 2);
    expect(words()).toEqual(['live', 'lost', 'live']);
  }, 10_000);

  test('stays live as long as beats come', async () => {
    connection.start();
    await until(() => views.length === 1);
    const beats = setInterval(() => {
      hall.say(hall.last, { type: 'beat', server_time: 1 });
    }, SILENCE_MS / 4);
    await new Promise((resolve) => setTimeout(resolve, SILENCE_MS * 1.5));
    clearInterval(beats);
    expect(words()).toEqual(['live']);
    expect(hall.hellos).toHaveLength(1);
  }, 10_000);

  test('sends only while it lives, and keeps nothing for later', async () => {
    expect(connection.send({ type: 'lang', lang: 'ar' })).toBe(false);
    connection.start();
    await until(() => views.length === 1);
    expect(connection.send({ type: 'lang', lang: 'es' })).toBe(true);
    await until(() => hall.heard.length === 1);
    hall.last.close(CloseCode.SLOW);
    await until(() => words().includes('lost'));
    expect(connection.send({ type: 'lang', lang: 'en' })).toBe(false);
    await until(() => views.length === 2);
    expect(hall.heard).toEqual([{ type: 'lang', lang: 'es' }]);
  });

  test('says nothing more once it was stopped', async () => {
    connection.start();
    await until(() => views.length === 1);
    connection.stop();
    await until(() => hall.server.clients.size === 0);
    expect(words()).toEqual(['live']);
    expect(views).toEqual(['now']);
  });

  test('tells the hall’s time', async () => {
    connection.start();
    await until(() => views.length === 1);
    hall.say(hall.last, { type: 'beat', server_time: 2_000_000 });
    hall.view(hall.last, 'after the beat', hall.epoch, 2);
    await until(() => views.length === 2);
    expect(connection.clock.now()).toBeGreaterThanOrEqual(2_000_000);
    expect(connection.clock.now()).toBeLessThan(2_060_000);
  });
});

describe('what decides', () => {
  test('the epoch is compared as text, then the number', () => {
    expect(mayReplace(null, { epoch: '1', seq: 0 })).toBe(true);
    expect(mayReplace({ epoch: '0009', seq: 5 }, { epoch: '0010', seq: 0 })).toBe(true);
    expect(mayReplace({ epoch: '0010', seq: 0 }, { epoch: '0009', seq: 5 })).toBe(false);
    expect(mayReplace({ epoch: '1', seq: 5 }, { epoch: '1', seq: 5 })).toBe(true);
    expect(mayReplace({ epoch: '1', seq: 5 }, { epoch: '1', seq: 4 })).toBe(false);
  });

  test('4400 to 4499 mean stop', () => {
    expect([4399, 4400, 4499, 4500, 1006].map(isTransient)).toEqual([
      true,
      false,
      false,
      true,
      true,
    ]);
  });

  test('pauses grow, are shuffled and are never longer than the longest', () => {
    expect([0, 1, 2, 3].map((attempt) => pauseBefore(attempt, 0))).toEqual([125, 250, 500, 1000]);
    expect(pauseBefore(0, 0.5)).toBeGreaterThan(pauseBefore(0, 0));
    expect(pauseBefore(10_000, 0.999)).toBeLessThanOrEqual(LONGEST_PAUSE_MS);
  });

  test('the clock trusts the frame that travelled fastest', () => {
    let local = 1000;
    const clock = new HallClock(() => local);
    clock.heard(500_000); // on time
    local = 2000;
    clock.heard(500_600); // 400 ms late
    expect(clock.now()).toBe(501_000);
  });

  test('a page over TLS opens a socket over TLS', () => {
    expect(socketUrl('/ws', { protocol: 'https:', host: 'hall:8400' })).toBe('wss://hall:8400/ws');
    expect(socketUrl('/ws', { protocol: 'http:', host: 'hall:8400' })).toBe('ws://hall:8400/ws');
  });
});
