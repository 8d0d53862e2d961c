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
 * A content filter in the expression language of AMPS. Immutable; one filter may be used by many
 * threads.
 *
 * <p>What the user guide leaves open is decided here as follows: a division of an integer by zero
 * is NaN, a text that is not a number is NaN in arithmetic, {@code CRC32(NULL)} is 0 and any other
 * checksum is not negative, a repeated field of FIX counts once, an object of JSON has no value.
 */
public final class ContentFilter {

    private final String text;
    private final Expression expression;

    private ContentFilter(String text, Expression expression) {
        this.text = text;
        this.expression = expression;
    }

    /**
     * Reads a filter.
     *
     * @throws FilterSyntaxException if any part of the text is not understood
     */
    public static ContentFilter parse(String text) throws FilterSyntaxException {
        return new ContentFilter(text, Parser.parse(text));
    }

    /**
     * Whether messages of the type can be told apart: the fields of json, nvfix and fix are known,
     * and a filter that names no field suits any type.
     */
    public boolean supports(String messageType) {
        return FieldPath.supports(messageType) || !expression.readsBody();
    }

    /**
     * Whether the filter is true for the message; neither false nor unknown is. A body that is not
     * what its message type says has no fields, each of them is NULL.
     */
    public boolean matches(FilterSubject subject) {
        return expression.test(subject) == Truth.TRUE;
    }

    /** The text it was read from. */
    @Override
    public String toString() {
        return text;
    }
}
