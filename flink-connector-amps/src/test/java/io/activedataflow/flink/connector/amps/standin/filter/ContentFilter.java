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
 */
public final class ContentFilter {

    private final String text;

    private ContentFilter(String text) {
        this.text = text;
    }

    /**
     * Reads a filter.
     *
     * @throws FilterSyntaxException if any part of the text is not understood
     */
    public static ContentFilter parse(String text) throws FilterSyntaxException {
        if (text.isBlank()) {
            throw new FilterSyntaxException("The filter is empty.");
        }
        return new ContentFilter(text);
    }

    /** Whether the filter is true for the message; neither false nor unknown is. */
    public boolean matches(FilterSubject subject) {
        throw new UnsupportedOperationException("The evaluation follows with the next commit.");
    }

    /** The text it was read from. */
    @Override
    public String toString() {
        return text;
    }
}
