const prime1 = 0x9e3779b1;
const prime2 = 0x85ebca77;
const prime3 = 0xc2b2ae3d;
const prime4 = 0x27d4eb2f;
const prime5 = 0x165667b1;
const stripeBytes = 16;

const rotate = (word: number, bits: number): number => (word << bits) | (word >>> (32 - bits));
const round = (lane: number, word: number): number =>
  Math.imul(rotate((lane + Math.imul(word, prime2)) | 0, 13), prime1);

/**
 * The checksum XXH32 with seed 0 of a stream of bytes. It detects every change within four aligned bytes,
 * and misses any other with probability 2⁻³². It guards against accidents, not against forgery. Collet
 * (2012), https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md.
 */
export class Checksum {
  private readonly lanes: Int32Array = Int32Array.of(prime1 + prime2, prime2, 0, -prime1);
  private readonly rest: Uint8Array = new Uint8Array(stripeBytes);
  private restLength = 0;
  private totalLength = 0;

  /** Adds the next bytes of the stream. */
  update(bytes: Uint8Array): void {
    this.totalLength += bytes.length;
    let position = 0;
    if (this.restLength > 0) {
      position = Math.min(stripeBytes - this.restLength, bytes.length);
      this.rest.set(bytes.subarray(0, position), this.restLength);
      this.restLength += position;
      if (this.restLength < stripeBytes) return;
      this.mixStripes(this.rest, 0, stripeBytes);
      this.restLength = 0;
    }
    const end = bytes.length - ((bytes.length - position) % stripeBytes);
    this.mixStripes(bytes, position, end);
    this.rest.set(bytes.subarray(end));
    this.restLength = bytes.length - end;
  }

  /** Returns the checksum of all bytes so far, as eight hexadecimal digits. */
  digest(): string {
    const [lane1, lane2, lane3, lane4] = this.lanes as unknown as [number, number, number, number];
    let hash =
      this.totalLength < stripeBytes
        ? prime5
        : rotate(lane1, 1) + rotate(lane2, 7) + rotate(lane3, 12) + rotate(lane4, 18);
    hash = (hash + this.totalLength) | 0;
    const view = new DataView(this.rest.buffer);
    let position = 0;
    for (; position + 4 <= this.restLength; position += 4) {
      hash = (hash + Math.imul(view.getUint32(position, true), prime3)) | 0;
      hash = Math.imul(rotate(hash, 17), prime4);
    }
    for (; position < this.restLength; position++) {
      hash = (hash + Math.imul(view.getUint8(position), prime5)) | 0;
      hash = Math.imul(rotate(hash, 11), prime1);
    }
    hash = Math.imul(hash ^ (hash >>> 15), prime2);
    hash = Math.imul(hash ^ (hash >>> 13), prime3);
    hash ^= hash >>> 16;
    return (hash >>> 0).toString(16).padStart(8, "0");
  }

  private mixStripes(bytes: Uint8Array, start: number, end: number): void {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    let [lane1, lane2, lane3, lane4] = this.lanes as unknown as [number, number, number, number];
    for (let position = start; position < end; position += stripeBytes) {
      lane1 = round(lane1, view.getInt32(position, true));
      lane2 = round(lane2, view.getInt32(position + 4, true));
      lane3 = round(lane3, view.getInt32(position + 8, true));
      lane4 = round(lane4, view.getInt32(position + 12, true));
    }
    this.lanes.set([lane1, lane2, lane3, lane4]);
  }
}

/** Returns the {@link Checksum} of some bytes. */
export function checksumOf(bytes: Uint8Array): string {
  const checksum = new Checksum();
  checksum.update(bytes);
  return checksum.digest();
}
