"use client";

import { useEffect, useState } from "react";
import { type EndlessRows, PAGE_ROWS } from "./endless-rows";

/** Rows before the end at which the next page is asked for. */
const AHEAD = 40;
/** A filter that hardly any row passes: after so many pages without a row, a person is asked. */
const PAGES_WITHOUT_ROWS = 10;

/**
 * Asks for the next page when the end comes into sight. `isResting` when many pages brought nothing; `goOn` looks
 * through as many more.
 */
export function useLoadNearEnd<Row>(rows: EndlessRows<Row>, lastInSight: number): { isResting: boolean; goOn: () => void } {
  const { results, status, loadMore } = rows;
  const [fruitless, setFruitless] = useState({ length: 0, pages: 0 });
  const pages = fruitless.length === results.length ? fruitless.pages : 0;
  const wantsMore = status === "CanLoadMore" && lastInSight >= results.length - AHEAD;
  const isResting = wantsMore && pages >= PAGES_WITHOUT_ROWS;

  useEffect(() => {
    if (!wantsMore || isResting) return;
    // With the next frame: a page in the background asks for nothing.
    const frame = requestAnimationFrame(() => {
      setFruitless({ length: results.length, pages: pages + 1 });
      loadMore(PAGE_ROWS);
    });
    return () => cancelAnimationFrame(frame);
  }, [wantsMore, isResting, loadMore, results.length, pages]);

  return { isResting, goOn: () => setFruitless({ length: results.length, pages: 0 }) };
}
