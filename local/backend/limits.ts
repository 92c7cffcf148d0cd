/**
 * What Convex allows, in one place. The numbers are those of the public limits page
 * (docs.convex.dev/production/state/limits); sizes are bytes, times are milliseconds.
 */
export const limits = {
  documentBytes: 1024 * 1024,
  documentFields: 1024,
  arrayItems: 8192,
  nesting: 64,
  documentsRead: 32_000,
  bytesRead: 16 * 1024 * 1024,
  documentsWritten: 16_000,
  bytesWritten: 16 * 1024 * 1024,
  rangesRead: 4096,
  resultBytes: 16 * 1024 * 1024,
  argumentBytes: 16 * 1024 * 1024,
  httpResponseBytes: 20 * 1024 * 1024,
  nodeArgumentBytes: 5 * 1024 * 1024,
  scheduledPerTransaction: 1000,
  scheduledArgumentBytes: 16 * 1024 * 1024,
  indexesPerTable: 32,
  fieldsPerIndex: 16,
  /** All modules of a push together. */
  codeBytes: 32 * 1024 * 1024,
  environmentVariables: 1000,
  environmentValueBytes: 8 * 1024,
  functionMs: 1000,
  actionMs: 10 * 60 * 1000,
  nestedCalls: 8,
  logLines: 256,
} as const;

/** What this host itself holds to; none of these is a rule of Convex. */
export const hostLimits = {
  /** A query or mutation is ended after this much wall time: `limits.functionMs` of work plus the slack a busy machine needs. */
  runawayMs: 4000,
  /** Threads that run queries at the same time, at most; more than one only when a query keeps others waiting this long. */
  queryThreads: 4,
  queryWaitMs: 50,
  /** Threads for queries that are kept when there is nothing to do. */
  idleQueryThreads: 2,
  /** A live query that takes longer than this no longer holds up the clients that do not watch it. */
  liveQueryPatienceMs: 100,
  /** Evaluating one pushed module may take this long. */
  moduleLoadMs: 15_000,
  /** An action worker that answers no ping for this long is taken to be in an endless loop. */
  unresponsiveMs: 20_000,
  /** A push that was begun and not finished is given up after this long. */
  unfinishedPushMs: 10 * 60 * 1000,
  requestBytes: 20 * 1024 * 1024,
  /**
   * A longer frame ends its socket, and the official client, which knows no better, sends it again. So a frame may be much longer
   * than what can be in it: too large arguments are refused by their call.
   */
  frameBytes: 64 * 1024 * 1024,
  pushBytes: 256 * 1024 * 1024,
  transactionHeapMb: 512,
  actionHeapMb: 1536,
  /** How long the result of a client's mutation is kept for a resend. */
  sessionRetentionMs: 24 * 60 * 60 * 1000,
  /** How long finished scheduled functions stay readable, as on Convex. */
  scheduledRetentionMs: 7 * 24 * 60 * 60 * 1000,
  /** Scheduled functions that run at the same time. */
  scheduledParallel: 16,
  /** Commits remembered, to see what changed while a query ran, and the keys of all of them together. */
  commitWindow: 2048,
  commitWindowKeys: 500_000,
  /** Live queries are run again before a commit is on disk when what it writes is no longer than this. */
  pendingCharacters: 64 * 1024,
  pingMs: 15_000,
  /** A socket from which nothing comes for this long, not even the answer to a ping, is closed. */
  silentMs: 120_000,
  /** With more than this on its way to a client, the client is told nothing new and not listened to until it has read. */
  unreadBytes: 8 * 1024 * 1024,
  /** With more than this of a client's messages under way, it is not listened to until some are done. */
  underWayCharacters: 40 * 1024 * 1024,
} as const;
