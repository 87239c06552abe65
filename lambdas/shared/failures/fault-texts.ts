/** zod/mini comes without words for what is wrong with a value. Whoever tells faults imports those of zod itself. */

import { en } from "zod/locales";
import * as z from "zod/mini";

z.config(en());
