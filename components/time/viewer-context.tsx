"use client";

import { createContext, type ReactNode, useContext, useSyncExternalStore } from "react";
import { detectViewer, type Viewer } from "./viewer";

const ViewerContext = createContext<Viewer | null>(null);
let detected: Viewer | null = null;

function readViewer(): Viewer {
  detected ??= detectViewer(navigator.language);
  return detected;
}

function neverChanges(): () => void {
  return () => undefined;
}

/**
 * Shows `fallback` until the browser has told who looks: the server cannot know how somebody
 * writes dates or where they are, and must not guess what would then jump.
 */
export function ViewerProvider({ fallback, children }: { fallback: ReactNode; children: ReactNode }) {
  const viewer = useSyncExternalStore(neverChanges, readViewer, () => null);
  if (viewer === null) return fallback;
  return <ViewerContext value={viewer}>{children}</ViewerContext>;
}

/** The viewer; only below {@link ViewerProvider}. */
export function useViewer(): Viewer {
  const viewer = useContext(ViewerContext);
  if (viewer === null) throw new Error("useViewer needs a ViewerProvider above it");
  return viewer;
}
