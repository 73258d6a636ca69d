const SSL_REQUEST = 80877103;
const GSS_REQUEST = 80877104;
const CANCEL_REQUEST = 80877102;

/** After these a client waits for the server: query, sync, flush, function call, end of a copy, password. */
const ENDS_A_UNIT = new Set(['Q', 'S', 'H', 'F', 'c', 'f', 'p'].map((type) => type.charCodeAt(0)));
const TERMINATE = 'X'.charCodeAt(0);

export type ProtocolUnit =
  /** Nothing can be done before this many bytes are there. */
  | { readonly kind: 'INCOMPLETE'; readonly needed: number }
  /** ENCRYPTION is asked for before anything else; CANCEL comes on a connection of its own. */
  | { readonly kind: 'ENCRYPTION' | 'CANCEL' | 'TERMINATE' | 'EXCHANGE'; readonly length: number };

/**
 * The first whole exchange of a frontend's bytes (PostgreSQL 15 documentation, §55.2 and §55.7): the start of the
 * session, or all messages up to the one after which the client waits. A parse, its bind and its execution belong
 * together, for the unnamed statement and portal are the session's.
 */
export function protocolUnit(bytes: Buffer, started: boolean): ProtocolUnit {
  if (!started) return startUnit(bytes);
  for (let at = 0; ; ) {
    if (bytes.length < at + 5) return { kind: 'INCOMPLETE', needed: at + 5 };
    const type = bytes[at]!;
    const end = at + 1 + bytes.readInt32BE(at + 1);
    if (bytes.length < end) return { kind: 'INCOMPLETE', needed: end };
    if (type === TERMINATE) return { kind: 'TERMINATE', length: end };
    if (ENDS_A_UNIT.has(type)) return { kind: 'EXCHANGE', length: end };
    at = end;
  }
}

function startUnit(bytes: Buffer): ProtocolUnit {
  if (bytes.length < 8) return { kind: 'INCOMPLETE', needed: 8 };
  const length = bytes.readInt32BE(0);
  if (bytes.length < length) return { kind: 'INCOMPLETE', needed: length };
  const code = bytes.readInt32BE(4);
  if (code === SSL_REQUEST || code === GSS_REQUEST) return { kind: 'ENCRYPTION', length };
  return { kind: code === CANCEL_REQUEST ? 'CANCEL' : 'EXCHANGE', length };
}
