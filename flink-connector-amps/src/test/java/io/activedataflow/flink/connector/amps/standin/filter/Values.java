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

import java.math.BigDecimal;
import java.util.List;
import java.util.function.Function;

/**
 * The values of the expression language and how one becomes another. A value is a {@link Long}, a
 * {@link Double}, a {@link String} that is not empty, or null for NULL, which the empty string is
 * too. What a field of a message holds may also be a {@link List} of at least one such value.
 */
final class Values {

    private Values() {}

    /** NULL for the empty string. */
    static String ofText(String text) {
        return text == null || text.isEmpty() ? null : text;
    }

    /** The first one of several; functions and arithmetic see only that. */
    static Object first(Object operand) {
        return operand instanceof List<?> list ? list.get(0) : operand;
    }

    /**
     * Whether the test holds for any of the values; unknown if it holds for none and is unknown for
     * one.
     */
    static Truth any(Object operand, Function<Object, Truth> test) {
        if (!(operand instanceof List<?> list)) {
            return test.apply(operand);
        }
        Truth result = Truth.FALSE;
        for (Object value : list) {
            Truth truth = test.apply(value);
            if (truth == Truth.TRUE) {
                return truth;
            }
            if (truth == Truth.UNKNOWN) {
                result = truth;
            }
        }
        return result;
    }

    /** The text of a value, or null for NULL. */
    static String text(Object value) {
        return value == null ? null : value.toString();
    }

    /** The value where a number is needed: NaN for a text that is none, null for NULL. */
    static Number number(Object value) {
        if (!(value instanceof String text)) {
            return (Number) value;
        }
        Number number = numberOrNull(text);
        return number == null ? (Number) Double.NaN : number;
    }

    /** The value where a truth value is needed. A text that is not a number is never true. */
    static Truth truth(Object value) {
        if (value == null) {
            return Truth.UNKNOWN;
        }
        double number = number(value).doubleValue();
        return Truth.of(number != 0 && !Double.isNaN(number));
    }

    /** Whether a value is in a relation to another; unknown if one of them is NULL. */
    static Truth compare(Object left, Relation relation, Object right) {
        if (left == null || right == null) {
            return Truth.UNKNOWN;
        }
        if (left instanceof String leftText) {
            if (right instanceof String rightText) {
                return Truth.of(relation.holds(leftText.compareTo(rightText)));
            }
            Number number = numberOrNull(leftText);
            // A text that is not a number is greater than any number.
            return number == null
                    ? Truth.of(relation.holds(1))
                    : compareNumbers(number, relation, (Number) right);
        }
        if (right instanceof String rightText) {
            Number number = numberOrNull(rightText);
            return number == null
                    ? Truth.of(relation.holds(-1))
                    : compareNumbers((Number) left, relation, number);
        }
        return compareNumbers((Number) left, relation, (Number) right);
    }

    private static Truth compareNumbers(Number left, Relation relation, Number right) {
        if (left instanceof Long l && right instanceof Long r) {
            return Truth.of(relation.holds(Long.compare(l, r)));
        }
        double l = left.doubleValue();
        double r = right.doubleValue();
        if (Double.isNaN(l) || Double.isNaN(r)) {
            return Truth.of(relation == Relation.NOT_EQUAL);
        }
        if (Double.isInfinite(l) || Double.isInfinite(r)) {
            return Truth.of(relation.holds(Double.compare(l, r)));
        }
        // Exact: a double cannot hold each long.
        return Truth.of(relation.holds(exact(left).compareTo(exact(right))));
    }

    private static BigDecimal exact(Number number) {
        return number instanceof Long integer
                ? BigDecimal.valueOf(integer)
                : new BigDecimal(number.doubleValue());
    }

    /** The number that a text looks like, or null. */
    static Number numberOrNull(String text) {
        int length = text.length();
        int at = 0;
        if (at < length && (text.charAt(at) == '-' || text.charAt(at) == '+')) {
            at++;
        }
        int digits = at;
        at = afterDigits(text, at);
        int found = at - digits;
        boolean integer = true;
        if (at < length && text.charAt(at) == '.') {
            int fraction = at + 1;
            at = afterDigits(text, fraction);
            found += at - fraction;
            integer = false;
        }
        if (found == 0) {
            return null;
        }
        if (at < length && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
            int exponent = at + 1;
            if (exponent < length
                    && (text.charAt(exponent) == '-' || text.charAt(exponent) == '+')) {
                exponent++;
            }
            at = afterDigits(text, exponent);
            if (at == exponent) {
                return null;
            }
            integer = false;
        }
        if (at != length) {
            return null;
        }
        return integer ? integer(text) : (Number) Double.parseDouble(text);
    }

    /** A text of an optional sign and digits as a number: a double if it is beyond 64 bits. */
    static Number integer(String text) {
        // A number of at most 18 digits is never too long.
        if (text.length() > 18) {
            try {
                return Long.parseLong(text);
            } catch (NumberFormatException e) {
                return Double.parseDouble(text);
            }
        }
        return Long.parseLong(text);
    }

    private static int afterDigits(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return at;
    }
}
