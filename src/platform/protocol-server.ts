import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { protocolUnit } from './protocol-unit.ts';

/** The one session behind all connections: takes frontend messages, gives backend ones. */
export type ProtocolBackend = (messages: Uint8Array, answer: (bytes: Uint8Array) => void) => Promise<unknown>;

interface Turn {
  readonly socket: Socket;
  readonly messages: Buffer;
}

/** ReadyForQuery, idle: `Z`, a length of 5, `I`. */
const IDLE = Buffer.from([0x5a, 0, 0, 0, 5, 0x49]);
/** Sync, which ends what an error left half done, and a simple query. */
const ROLLBACK = Buffer.concat([
  Buffer.from([0x53, 0, 0, 0, 4, 0x51, 0, 0, 0, 13]),
  Buffer.from('ROLLBACK\0'),
]);

/**
 * Lets many connections share one database session. Connections take turns by whole exchanges, and who has a
 * transaction open, or has not heard that the session is idle, keeps the turn; so no query ever meets the
 * parameters, the portal or the transaction of another connection.
 */
export async function serveProtocol(backend: ProtocolBackend, path: string): Promise<Server> {
  const waiting: Turn[] = [];
  let holder: Socket | null = null;
  let running = false;

  const run = async ({ socket, messages }: Turn) => {
    let end: Buffer = Buffer.alloc(0);
    try {
      await backend(messages, (bytes) => {
        end = Buffer.concat([end, bytes.subarray(-IDLE.length)]).subarray(-IDLE.length);
        if (socket.writable) socket.write(Buffer.from(bytes));
      });
      holder = end.equals(IDLE) ? null : socket;
    } catch (error) {
      holder = socket.destroyed ? null : socket;
      socket.destroy(error as Error);
    }
  };
  const takeTurns = async () => {
    if (running) return;
    running = true;
    while (true) {
      const next = holder === null ? 0 : waiting.findIndex(({ socket }) => socket === holder);
      const [turn] = next === -1 ? [] : waiting.splice(next, 1);
      if (!turn) break;
      await run(turn);
    }
    running = false;
  };
  const ask = (turn: Turn) => {
    waiting.push(turn);
    void takeTurns();
  };
  const leave = (socket: Socket) => {
    const others = waiting.filter((turn) => turn.socket !== socket);
    waiting.splice(0, waiting.length, ...others);
    // Behind a turn that still runs; without a transaction it does nothing.
    if (running || holder === socket) waiting.unshift({ socket, messages: ROLLBACK });
    void takeTurns();
  };

  const server = createServer((socket) => {
    readUnits(socket, (messages) => ask({ socket, messages }));
    socket.on('error', () => {});
    socket.on('close', () => leave(socket));
  });
  server.listen(path);
  await once(server, 'listening');
  return server;
}

/** Cuts a connection's bytes into whole exchanges. Chunks are joined only when there are enough of them. */
function readUnits(socket: Socket, take: (messages: Buffer) => void): void {
  let started = false;
  let chunks: Buffer[] = [];
  let held = 0;
  let needed = 0;
  socket.on('data', (chunk: Buffer) => {
    chunks.push(chunk);
    held += chunk.length;
    if (held < needed) return;
    let bytes = Buffer.concat(chunks);
    while (true) {
      const unit = protocolUnit(bytes, started);
      if (unit.kind === 'INCOMPLETE') {
        needed = unit.needed;
        break;
      }
      if (unit.kind === 'TERMINATE' || unit.kind === 'CANCEL') return void socket.end();
      if (unit.kind === 'ENCRYPTION') socket.write('N');
      else {
        take(bytes.subarray(0, unit.length));
        started = true;
      }
      bytes = bytes.subarray(unit.length);
    }
    chunks = [bytes];
    held = bytes.length;
  });
}
