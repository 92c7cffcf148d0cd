"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { type ReactNode, useRef } from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/class-names";
import { Skeleton } from "@/components/ui/skeleton";
import { useScreen } from "@/components/ui/use-screen";
import { type EndlessRows, PAGE_ROWS } from "./endless-rows";
import { useLoadNearEnd } from "./use-load-near-end";

/** One column of a table. */
export interface Column<Row> {
  heading: string;
  /** A track of a CSS grid: `minmax(0, 2fr)`, `96px`. */
  width: string;
  align?: "end";
  /** Left out where there is no room for all; what it says must be told elsewhere too. */
  minor?: true;
  cell: (row: Row) => ReactNode;
}

interface EndlessTableProps<Row> {
  /** Names the table for screen readers. */
  label: string;
  rows: EndlessRows<Row>;
  keyOf: (row: Row) => string;
  columns: readonly Column<Row>[];
  /** What a small screen shows of a row. */
  card: (row: Row) => ReactNode;
  onOpen?: (row: Row) => void;
  selectedKey?: string | null;
  /** Shown where there is no row. */
  empty: ReactNode;
}

const ROW_HEIGHT = 36;
const CARD_HEIGHT = 92;
/** Narrower tables do without their minor columns. */
const ROOM_FOR_ALL = 1_100;

/**
 * A table of any length: rows are asked for as one scrolls towards them, and only those in sight are in the page. On
 * small screens each row is a card.
 */
export function EndlessTable<Row>({ label, rows, keyOf, columns, card, onOpen, selectedKey, empty }: EndlessTableProps<Row>) {
  const scroller = useRef<HTMLDivElement>(null);
  const phone = useScreen("phone");
  const virtualizer = useVirtualizer({
    count: rows.results.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => (phone ? CARD_HEIGHT : ROW_HEIGHT),
    getItemKey: (index) => {
      const row = rows.results[index];
      return row === undefined ? index : keyOf(row);
    },
    overscan: 12,
  });
  const items = virtualizer.getVirtualItems();
  const { isResting, goOn } = useLoadNearEnd(rows, items.at(-1)?.index ?? 0);
  const hasRoom = (virtualizer.scrollRect?.width ?? ROOM_FOR_ALL) >= ROOM_FOR_ALL;
  const shown = hasRoom ? columns : columns.filter(({ minor }) => minor !== true);
  const grid = { gridTemplateColumns: shown.map(({ width }) => width).join(" ") };

  if (rows.status === "LoadingFirstPage") return <TableSkeleton label={label} />;
  if (rows.results.length === 0 && rows.status === "Exhausted") return <div className="border-t border-line">{empty}</div>;
  return (
    <div ref={scroller} tabIndex={0} role="region" aria-label={`${label}, scrolling`} className="min-h-0 flex-1 overflow-auto rounded-b-card border-t border-line">
      <div role="table" aria-label={label} aria-rowcount={rows.status === "Exhausted" ? rows.results.length + 1 : -1} className={cn(!phone && (shown.length < columns.length ? "min-w-[730px]" : "min-w-[860px]"))}>
        <div role="rowgroup" className={cn("sticky top-0 z-10", phone && "sr-only")}>
          <div role="row" aria-rowindex={1} className="grid h-8 items-center gap-4 border-b border-line bg-sunken px-4 text-12 font-medium text-fg-2" style={grid}>
            {shown.map(({ heading, align }) => (
              <span key={heading} role="columnheader" className={cn("truncate", align === "end" && "text-end")}>
                {heading}
              </span>
            ))}
          </div>
        </div>
        <div role="rowgroup" className="relative" style={{ height: virtualizer.getTotalSize() }}>
          {items.map((item) => {
            const row = rows.results[item.index];
            if (row === undefined) return null;
            const isSelected = keyOf(row) === selectedKey;
            return (
              <div
                key={item.key}
                ref={phone ? virtualizer.measureElement : undefined}
                data-index={item.index}
                role="row"
                aria-rowindex={item.index + 2}
                onClick={onOpen ? () => onOpen(row) : undefined}
                className={cn(
                  "absolute inset-x-0 top-0 border-b border-line px-4",
                  phone ? "py-2.5" : "grid h-9 items-center gap-4",
                  onOpen && "cursor-pointer hover:bg-hover",
                  isSelected && "bg-accent-tint hover:bg-accent-tint",
                  item.index === rows.results.length - 1 && rows.status === "Exhausted" && "border-b-transparent",
                )}
                style={{ translate: `0 ${item.start}px`, ...(phone ? {} : grid) }}
              >
                {phone ? (
                  <div role="cell">{card(row)}</div>
                ) : (
                  shown.map(({ heading, align, cell }) => (
                    <div key={heading} role="cell" className={cn("min-w-0 truncate tabular-nums", align === "end" && "text-end")}>
                      {cell(row)}
                    </div>
                  ))
                )}
              </div>
            );
          })}
        </div>
      </div>
      <div className="sticky left-0 flex items-center justify-center px-4 text-12 text-fg-3 not-empty:min-h-10" role="status">
        {rows.status === "LoadingMore" ? "Loading more" : null}
        {rows.status === "Exhausted" && rows.results.length > PAGE_ROWS ? "That is all" : null}
        {isResting ? (
          <span className="flex items-center gap-3 py-2">
            Nothing more among those looked through so far
            <Button size="small" onClick={goOn}>
              Go on looking
            </Button>
          </span>
        ) : null}
      </div>
    </div>
  );
}

function TableSkeleton({ label }: { label: string }) {
  return (
    <div aria-busy="true" role="status" aria-label={`Loading: ${label}`} className="border-t border-line">
      <div className="h-8 border-b border-line bg-sunken" />
      {[72, 64, 80, 56, 68, 60].map((width) => (
        <div key={width} className="flex h-9 items-center border-b border-line px-4 last:border-b-0">
          <Skeleton className="h-4" style={{ width: `${width}%` }} />
        </div>
      ))}
    </div>
  );
}
