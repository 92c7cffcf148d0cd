/** Rows that come in pages, as `usePaginatedQuery` gives them. */
export interface EndlessRows<Row> {
  results: readonly Row[];
  status: "LoadingFirstPage" | "CanLoadMore" | "LoadingMore" | "Exhausted";
  loadMore: (rows: number) => void;
}

/** Rows of one page. */
export const PAGE_ROWS = 100;
