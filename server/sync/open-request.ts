/** A stream, or a branch of one, that a push begins; `prev` is what its first envelope says it is linked to, hex. */
export interface OpenRequest {
  readonly hallId: string
  readonly deviceId: string
  readonly streamId: string
  readonly branch: number
  readonly fromSeq: number
  readonly prev: string | null
  /** The spare lane of the device that the stream shall print from; null for a browser's, which prints nothing. */
  readonly lane: string | null
}

/** The most streams of one device: a tablet that begins ever new ones would use up the hall's lanes. */
export const mostStreams = 64

/** A lane given to nobody we know: handed out after the backup this server was restored from (sync.md 3.5). Who names one had it. */
export const lostLane = 'restored'
