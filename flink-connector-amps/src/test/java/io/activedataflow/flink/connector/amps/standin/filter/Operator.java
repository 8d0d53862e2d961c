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

/**
 * An arithmetic operator. Two integers make an integer of 64 bits, which wraps around; anything
 * else is computed as a double. What an integer divided by zero is, is not documented; here it is
 * NaN.
 */
enum Operator {
    PLUS,
    MINUS,
    TIMES,
    DIVIDED_BY,
    /** The result has the sign of the first operand. */
    MODULO;

    Number apply(Number left, Number right) {
        if (left instanceof Long l && right instanceof Long r) {
            return integers(l, r);
        }
        double l = left.doubleValue();
        double r = right.doubleValue();
        return switch (this) {
            case PLUS -> l + r;
            case MINUS -> l - r;
            case TIMES -> l * r;
            case DIVIDED_BY -> l / r;
            case MODULO -> l % r;
        };
    }

    private Number integers(long left, long right) {
        if (right == 0 && (this == DIVIDED_BY || this == MODULO)) {
            return Double.NaN;
        }
        return switch (this) {
            case PLUS -> left + right;
            case MINUS -> left - right;
            case TIMES -> left * right;
            case DIVIDED_BY -> left / right;
            case MODULO -> left % right;
        };
    }
}
