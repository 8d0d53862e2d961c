/*
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package io.activedataflow.flink.connector.amps.standin.filter;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.zip.CRC32C;

/**
 * A function of its arguments alone. Unless said otherwise it is NULL if an argument is. Positions
 * in a text are counted from 1.
 */
enum BuiltIn {
    ABS(1, 1) {
        @Override
        Object apply(Object... values) {
            Number number = Values.number(values[0]);
            if (number == null) {
                return null;
            }
            return number instanceof Long integer
                    ? (Number) Math.abs(integer)
                    : (Number) Math.abs(number.doubleValue());
        }
    },
    /** The first argument that is not NULL. */
    COALESCE(1, Integer.MAX_VALUE) {
        @Override
        Object apply(Object... values) {
            for (Object value : values) {
                if (value != null) {
                    return value;
                }
            }
            return null;
        }
    },
    /** All the arguments in a row; NULL adds nothing. */
    CONCAT(1, Integer.MAX_VALUE) {
        @Override
        Object apply(Object... values) {
            StringBuilder text = new StringBuilder();
            for (Object value : values) {
                text.append(Objects.requireNonNullElse(Values.text(value), ""));
            }
            return Values.ofText(text.toString());
        }
    },
    /**
     * CRC-32C of the text of the value in UTF-8, from 0 to 2<sup>32</sup> - 1. Zero for NULL: a
     * constant is documented, which one is not.
     */
    CRC32(1, 1) {
        @Override
        Object apply(Object... values) {
            if (values[0] == null) {
                return 0L;
            }
            byte[] text = Values.text(values[0]).getBytes(StandardCharsets.UTF_8);
            CRC32C checksum = new CRC32C();
            checksum.update(text, 0, text.length);
            return checksum.getValue();
        }
    },
    FALSE_VALUE(0, 0) {
        @Override
        Object apply(Object... values) {
            return 0L;
        }
    },
    /** Where the second text begins in the first one, or 0. */
    INSTR(2, 2) {
        @Override
        Object apply(Object... values) {
            return anyNull(values) ? null : position(text(values, 0), text(values, 1));
        }
    },
    /** As {@link #INSTR} without regard to case. */
    INSTR_I(2, 2) {
        @Override
        Object apply(Object... values) {
            return anyNull(values)
                    ? null
                    : position(
                            text(values, 0).toLowerCase(Locale.ROOT),
                            text(values, 1).toLowerCase(Locale.ROOT));
        }
    },
    /** The number of bytes in UTF-8. */
    LENGTH(1, 1) {
        @Override
        Object apply(Object... values) {
            return anyNull(values)
                    ? null
                    : (Object) (long) text(values, 0).getBytes(StandardCharsets.UTF_8).length;
        }
    },
    LOWER(1, 1) {
        @Override
        Object apply(Object... values) {
            return anyNull(values) ? null : text(values, 0).toLowerCase(Locale.ROOT);
        }
    },
    NAN_VALUE(0, 0) {
        @Override
        Object apply(Object... values) {
            return Double.NaN;
        }
    },
    /** The first text with each occurrence of the second one replaced by the third. */
    REPLACE(3, 3) {
        @Override
        Object apply(Object... values) {
            if (values[0] == null || values[1] == null) {
                return values[0];
            }
            String with = Objects.requireNonNullElse(Values.text(values[2]), "");
            return Values.ofText(text(values, 0).replace(text(values, 1), with));
        }
    },
    STREQUAL(2, 2) {
        @Override
        Object apply(Object... values) {
            return anyNull(values)
                    ? null
                    : Truth.of(text(values, 0).equals(text(values, 1))).asValue();
        }
    },
    /** Whether two texts are the same but for case. */
    STREQUAL_I(2, 2) {
        @Override
        Object apply(Object... values) {
            return anyNull(values)
                    ? null
                    : Truth.of(text(values, 0).equalsIgnoreCase(text(values, 1))).asValue();
        }
    },
    /**
     * The text from a position on, at most as long as the third argument says. A position before
     * the first character is the first character.
     */
    SUBSTR(2, 3) {
        @Override
        Object apply(Object... values) {
            if (anyNull(values)) {
                return null;
            }
            String text = text(values, 0);
            long start = Values.number(values[1]).longValue();
            long length = values.length == 3 ? Values.number(values[2]).longValue() : text.length();
            int from = within(text, start - 1);
            return Values.ofText(text.substring(from, within(text, from + within(text, length))));
        }
    },
    TRUE_VALUE(0, 0) {
        @Override
        Object apply(Object... values) {
            return 1L;
        }
    },
    UPPER(1, 1) {
        @Override
        Object apply(Object... values) {
            return anyNull(values) ? null : text(values, 0).toUpperCase(Locale.ROOT);
        }
    };

    private final int fewest;
    private final int most;

    BuiltIn(int fewest, int most) {
        this.fewest = fewest;
        this.most = most;
    }

    /** The function of the given name in any case, or null. */
    static BuiltIn named(String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        for (BuiltIn function : values()) {
            if (function.name().equals(upper)) {
                return function;
            }
        }
        return null;
    }

    boolean takes(int arguments) {
        return arguments >= fewest && arguments <= most;
    }

    abstract Object apply(Object... values);

    private static boolean anyNull(Object... values) {
        for (Object value : values) {
            if (value == null) {
                return true;
            }
        }
        return false;
    }

    private static String text(Object[] values, int index) {
        return values[index].toString();
    }

    private static int within(String text, long index) {
        return (int) Math.max(0, Math.min(index, text.length()));
    }

    private static Object position(String text, String sought) {
        return text.indexOf(sought) + 1L;
    }
}
