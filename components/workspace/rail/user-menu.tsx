"use client";

import { useQuery } from "convex/react";
import { LogOut, Monitor, Moon, Sun } from "lucide-react";
import { toast } from "sonner";
import { fullLoad } from "@/components/auth/full-load";
import { nearestColor } from "@/components/calendar/color/nearest-color";
import { parseTheme } from "@/components/theme/theme";
import { useTheme } from "@/components/theme/use-theme";
import { Avatar } from "@/components/ui/avatar";
import { Button } from "@/components/ui/button";
import { DropdownMenu, MenuChoice, MenuChoices, MenuItem, MenuSeparator } from "@/components/ui/dropdown-menu";
import { api } from "@/convex/_generated/api";

async function signOut(): Promise<void> {
  try {
    const response = await fetch("/api/auth/sign-out", { method: "POST" });
    if (!response.ok) throw new Error(`sign-out answered ${response.status}`);
    fullLoad("/sign-in");
  } catch {
    toast.error("Not signed out", { description: "LinearTime could not be reached. Try again in a moment." });
  }
}

/** Who is signed in, the theme, and the way out. */
export function UserMenu() {
  const me = useQuery(api.accounts.me.get, {});
  const [theme, setTheme] = useTheme();
  const name = me?.name ?? "";
  return (
    <DropdownMenu
      align="end"
      side="top"
      trigger={
        <Button variant="quiet" size="small" icon aria-label={name ? `Account of ${name}` : "Account"}>
          <Avatar name={name} cal={nearestColor(null, name)} />
        </Button>
      }
    >
      {me ? (
        <div className="px-2 py-1.5">
          <p className="font-medium">{me.name}</p>
          <p className="text-12 text-fg-2">{me.email}</p>
        </div>
      ) : null}
      <MenuSeparator />
      <MenuChoices label="Theme" value={theme} onValueChange={(next) => setTheme(parseTheme(next))}>
        <MenuChoice value="system">
          <Monitor aria-hidden="true" />
          Like the system
        </MenuChoice>
        <MenuChoice value="light">
          <Sun aria-hidden="true" />
          Light
        </MenuChoice>
        <MenuChoice value="dark">
          <Moon aria-hidden="true" />
          Dark
        </MenuChoice>
      </MenuChoices>
      <MenuSeparator />
      <MenuItem onSelect={() => void signOut()}>
        <LogOut aria-hidden="true" />
        Sign out
      </MenuItem>
    </DropdownMenu>
  );
}
