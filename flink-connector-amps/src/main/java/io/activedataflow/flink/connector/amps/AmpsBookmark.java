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

package io.activedataflow.flink.connector.amps;

import org.apache.flink.annotation.PublicEvolving;

import java.io.Serializable;

/**
 * The identity of a message in the transaction log: its publisher and the publisher's sequence
 * number. The same on every replicated instance. Both numbers are unsigned 64-bit.
 *
 * <p>Per publisher the sequence rises in every log; between publishers a bookmark says nothing of
 * the order, which is why this type is not comparable.
 *
 * @param publisherId the number that the server derives from the publisher's client name; unsigned
 * @param sequence the publisher's sequence number; unsigned, with gaps
 */
@PublicEvolving
public record AmpsBookmark(long publisherId, long sequence) implements Serializable {

    private static final long serialVersionUID = 1L;

    /**
     * Reads {@code <publisherId>|<sequence>|}; the last bar may be missing.
     *
     * @throws IllegalArgumentException if the text is anything else, such as a time or a list
     */
    public static AmpsBookmark parse(String text) {
        int bar = text.indexOf('|');
        int end = text.endsWith("|") ? text.length() - 1 : text.length();
        if (bar < 1 || bar >= end) {
            throw malformed(text);
        }
        try {
            return new AmpsBookmark(
                    Long.parseUnsignedLong(text.substring(0, bar)),
                    Long.parseUnsignedLong(text.substring(bar + 1, end)));
        } catch (NumberFormatException e) {
            throw malformed(text);
        }
    }

    private static IllegalArgumentException malformed(String text) {
        return new IllegalArgumentException(
                "'"
                        + text
                        + "' is not the bookmark of a message. It has the form"
                        + " <publisher>|<sequence>|, for example 12345|67|.");
    }

    /** As it goes over the wire: {@code <publisherId>|<sequence>|}. */
    @Override
    public String toString() {
        return Long.toUnsignedString(publisherId) + '|' + Long.toUnsignedString(sequence) + '|';
    }
}
