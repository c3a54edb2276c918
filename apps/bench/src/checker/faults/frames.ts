/** One WebSocket frame as it went over the wire (RFC 6455, section 5.2). */
export interface Frame {
  readonly bytes: Buffer;
  /** The payload as text, unmasked; empty for control and binary frames. */
  readonly text: string;
}

const TEXT = 1;
const HEADER_END = Buffer.from('\r\n\r\n');

/** Cuts one direction of an upgraded connection into its HTTP head and its frames. */
export class FrameCutter {
  private rest: Buffer = Buffer.alloc(0);
  private upgraded = false;

  /** The complete pieces that this chunk finished; what is incomplete waits. */
  push(chunk: Buffer): Frame[] {
    this.rest = this.rest.length > 0 ? Buffer.concat([this.rest, chunk]) : chunk;
    const frames: Frame[] = [];
    if (!this.upgraded) {
      const end = this.rest.indexOf(HEADER_END);
      if (end < 0) return frames;
      frames.push({ bytes: this.rest.subarray(0, end + HEADER_END.length), text: '' });
      this.rest = this.rest.subarray(end + HEADER_END.length);
      this.upgraded = true;
    }
    for (let frame = this.take(); frame; frame = this.take()) frames.push(frame);
    return frames;
  }

  private take(): Frame | null {
    const { rest } = this;
    if (rest.length < 2) return null;
    const masked = (rest.readUInt8(1) & 0x80) !== 0;
    let length = rest.readUInt8(1) & 0x7f;
    let at = 2;
    if (length === 126) {
      if (rest.length < 4) return null;
      length = rest.readUInt16BE(2);
      at = 4;
    } else if (length === 127) {
      if (rest.length < 10) return null;
      length = Number(rest.readBigUInt64BE(2));
      at = 10;
    }
    const mask = masked ? rest.subarray(at, at + 4) : null;
    if (masked) at += 4;
    if (rest.length < at + length) return null;
    const bytes = rest.subarray(0, at + length);
    this.rest = rest.subarray(at + length);
    const isText = (bytes.readUInt8(0) & 0x0f) === TEXT;
    return { bytes, text: isText ? unmask(bytes.subarray(at), mask).toString('utf8') : '' };
  }
}

function unmask(payload: Buffer, mask: Buffer | null): Buffer {
  if (!mask) return payload;
  return Buffer.from(payload.map((byte, index) => byte ^ mask.readUInt8(index % 4)));
}
