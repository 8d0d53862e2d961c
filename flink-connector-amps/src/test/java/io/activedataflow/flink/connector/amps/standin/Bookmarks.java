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

package io.activedataflow.flink.connector.amps.standin;

/** Text form of bookmarks: {@code publisher|sequence|}, both unsigned 64-bit. */
final class Bookmarks {

    static final String EPOCH = "0";
    static final String NOW = "0|1|";

    private Bookmarks() {}

    static String text(long publisherId, long sequence) {
        return Long.toUnsignedString(publisherId) + "|" + Long.toUnsignedString(sequence) + "|";
    }

    /** A message's identity. */
    record Id(long publisherId, long sequence) {}

    /** Parses {@code publisher|sequence} with or without the closing bar. */
    static Id parse(String text) throws Rejected {
        int bar = text.indexOf('|');
        int end = text.endsWith("|") && text.length() - 1 > bar ? text.length() - 1 : text.length();
        try {
            return new Id(
                    Long.parseUnsignedLong(text.substring(0, bar)),
                    Long.parseUnsignedLong(text.substring(bar + 1, end)));
        } catch (NumberFormatException | StringIndexOutOfBoundsException e) {
            throw new Rejected(Reason.INVALID_BOOKMARK);
        }
    }
}
