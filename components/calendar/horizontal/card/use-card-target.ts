"use client";

import { useEffect, useMemo, useRef, useState } from "react";

/** What the card is about, and where that stands on the screen. */
export interface CardTarget {
  kind: "event" | "day";
  /** The occurrence's key, or the epoch day. */
  id: string;
  rect: DOMRect;
}

const OPEN_AFTER_MS = 300;

/** Time to reach the card with the pointer. */
const CLOSE_AFTER_MS = 120;

function targetOf(element: EventTarget | null, kind: CardTarget["kind"]): CardTarget | null {
  if (!(element instanceof Element)) return null;
  const holder = element.closest<HTMLElement>(kind === "event" ? "[data-key]" : '[role="gridcell"]');
  const id = kind === "event" ? holder?.dataset.key : holder?.dataset.day;
  return holder && id !== undefined ? { kind, id, rect: holder.getBoundingClientRect() } : null;
}

interface CardState {
  target: CardTarget | null;
  /** Keeps the card while the pointer is on it. */
  keep: () => void;
  leave: () => void;
}

/**
 * Follows the pointer over bars, and the keyboard over days. The first card takes a moment, the
 * next one comes at once; Escape hides it and nothing else.
 */
export function useCardTarget(grid: HTMLElement | null): CardState {
  const [target, setTarget] = useState<CardTarget | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const isOpen = target !== null;

  const { change, hide } = useMemo(() => {
    const change = (next: CardTarget | null, afterMs: number) => {
      clearTimeout(timer.current);
      timer.current = setTimeout(() => setTarget(next), afterMs);
    };
    return { change, hide: () => change(null, 0) };
  }, []);

  useEffect(() => {
    if (grid === null) return;
    const show = (next: CardTarget) => change(next, isOpen ? 0 : OPEN_AFTER_MS);
    const listeners: Partial<{ [Name in keyof HTMLElementEventMap]: (event: HTMLElementEventMap[Name]) => void }> = {
      pointerover: (event) => {
        if (event.pointerType !== "mouse") return;
        const next = targetOf(event.target, "event");
        if (next) show(next);
        else change(null, CLOSE_AFTER_MS);
      },
      pointerleave: () => change(null, CLOSE_AFTER_MS),
      pointerdown: hide,
      focusin: (event) => {
        const isByKey = event.target instanceof Element && event.target.matches(":focus-visible");
        const next = isByKey ? targetOf(event.target, "day") : null;
        if (next) show(next);
      },
      focusout: hide,
      scroll: hide,
    };
    const entries = Object.entries(listeners) as [string, EventListener][];
    for (const [name, listener] of entries) grid.addEventListener(name, listener);
    return () => {
      for (const [name, listener] of entries) grid.removeEventListener(name, listener);
    };
  }, [grid, isOpen, change, hide]);

  useEffect(() => {
    if (!isOpen) return;
    const onEscape = (event: KeyboardEvent) => {
      if (event.key !== "Escape") return;
      event.preventDefault();
      hide();
    };
    window.addEventListener("keydown", onEscape, { capture: true });
    return () => window.removeEventListener("keydown", onEscape, { capture: true });
  }, [isOpen, hide]);

  useEffect(() => () => clearTimeout(timer.current), []);

  return useMemo(
    () => ({ target, keep: () => clearTimeout(timer.current), leave: () => change(null, CLOSE_AFTER_MS) }),
    [target, change],
  );
}
