import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { protocolUnit } from '../../src/platform/protocol-unit.ts';

const message = (type: string, body: Uint8Array) => {
  const head = Buffer.alloc(5);
  head.write(type);
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
};
const start = (code: number) => {
  const bytes = Buffer.alloc(8);
  bytes.writeInt32BE(8, 0);
  bytes.writeInt32BE(code, 4);
  return bytes;
};
const body = fc.uint8Array({ maxLength: 40 });
const middle = fc.tuple(fc.constantFrom('P', 'B', 'D', 'E', 'C', 'd'), body);
const last = fc.tuple(fc.constantFrom('Q', 'S', 'H'), body);

describe('a whole exchange', () => {
  it('holds every message up to the one after which the client waits, whatever follows', () => {
    fc.assert(
      fc.property(fc.array(middle), last, body, (before, end, after) => {
        const unit = Buffer.concat([...before, end].map(([type, content]) => message(type, content)));
        const found = protocolUnit(Buffer.concat([unit, after]), true);
        expect(found).toEqual({ kind: 'EXCHANGE', length: unit.length });
      }),
    );
  });

  it('is never seen before its last byte is there, and what it waits for is always more than it has', () => {
    fc.assert(
      fc.property(fc.array(middle), last, fc.nat(), (before, end, cut) => {
        const unit = Buffer.concat([...before, end].map(([type, content]) => message(type, content)));
        const bytes = unit.subarray(0, cut % unit.length);
        const found = protocolUnit(bytes, true);
        if (found.kind !== 'INCOMPLETE') throw new Error(found.kind);
        expect(found.needed).toBeGreaterThan(bytes.length);
        expect(found.needed).toBeLessThanOrEqual(unit.length);
      }),
    );
  });

  it('may be the start of the session, a wish for encryption, or a request to cancel', () => {
    expect(protocolUnit(start(196_608), false)).toEqual({ kind: 'EXCHANGE', length: 8 });
    expect(protocolUnit(start(80_877_103), false)).toEqual({ kind: 'ENCRYPTION', length: 8 });
    expect(protocolUnit(start(80_877_102), false)).toEqual({ kind: 'CANCEL', length: 8 });
    expect(protocolUnit(start(196_608).subarray(0, 7), false)).toEqual({ kind: 'INCOMPLETE', needed: 8 });
  });

  it('ends with the connection where the client says so', () => {
    expect(protocolUnit(message('X', new Uint8Array()), true)).toEqual({ kind: 'TERMINATE', length: 5 });
  });
});
