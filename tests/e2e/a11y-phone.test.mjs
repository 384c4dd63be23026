/** Accessibility on a phone: axe-core in every state and both themes. */
import { testWithAxe } from "./states.mjs";

testWithAxe(390);
