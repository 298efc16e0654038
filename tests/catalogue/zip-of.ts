import { crc32, deflateRawSync } from 'node:zlib'

/** One part of a zip made for a test; `claimed` lies about its size. */
export interface Part {
  readonly name: string
  readonly content: Buffer
  readonly claimed?: number
  readonly flags?: number
}

/** A zip file, written by hand so that it can lie. */
export const zipOf = (parts: readonly Part[]): Buffer => {
  const locals: Buffer[] = []
  const centrals: Buffer[] = []
  let at = 0
  for (const { name, content, claimed, flags = 0 } of parts) {
    const packed = deflateRawSync(content)
    const file = Buffer.from(name)
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt16LE(flags, 2)
    common.writeUInt16LE(8, 4)
    common.writeUInt32LE(crcOf(content), 10)
    common.writeUInt32LE(packed.length, 14)
    common.writeUInt32LE(claimed ?? content.length, 18)
    common.writeUInt16LE(file.length, 22)
    const local = Buffer.concat([Buffer.from('PK\u0003\u0004', 'latin1'), common, file, packed])
    const tail = Buffer.alloc(14)
    tail.writeUInt32LE(at, 10)
    centrals.push(Buffer.concat([Buffer.from('PK\u0001\u0002', 'latin1'), Buffer.from([20, 0]), common, tail, file]))
    locals.push(local)
    at += local.length
  }
  const directory = Buffer.concat(centrals)
  const end = Buffer.alloc(22)
  end.write('PK\u0005\u0006', 'latin1')
  end.writeUInt16LE(Math.min(parts.length, 65_535), 8)
  end.writeUInt16LE(Math.min(parts.length, 65_535), 10)
  end.writeUInt32LE(directory.length, 12)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...locals, directory, end])
}

// zlib.crc32 came with Node 20.15 (and 22.2).
const crcOf = (content: Buffer): number => crc32(content)
