"use client";

import { createContext, useContext } from "react";
import { fullLoad } from "./full-load";

/** Ends the session and leaves for the sign-in page. Rejects when that did not work: the person is signed in still. */
export type SignOut = () => Promise<void>;

async function signOutHere(): Promise<void> {
  const response = await fetch("/api/auth/sign-out", { method: "POST" });
  if (!response.ok) throw new Error(`sign-out answered ${response.status}`);
  fullLoad("/sign-in");
}

/** How to sign out: of a local account unless a provider above says otherwise. */
export const SignOutContext = createContext<SignOut>(signOutHere);

/** The way out for whoever is signed in. */
export const useSignOut = (): SignOut => useContext(SignOutContext);
