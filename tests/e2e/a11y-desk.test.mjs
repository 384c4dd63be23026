/** Accessibility on a desk: axe-core in every state and both themes. */
import { testWithAxe } from "./states.mjs";

testWithAxe(1280);
