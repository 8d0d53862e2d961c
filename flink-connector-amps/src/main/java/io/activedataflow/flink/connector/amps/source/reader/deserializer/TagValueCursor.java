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

package io.activedataflow.flink.connector.amps.source.reader.deserializer;

import org.apache.flink.annotation.Internal;

import java.io.IOException;
import java.util.Arrays;

/**
 * Walks over the fields of a body of the form {@code tag=value<SOH>tag=value<SOH>}, where it lies.
 * The last separator may be missing; a body without a byte has no field. Task thread only.
 */
@Internal
final class TagValueCursor {

    /** Ends a field. */
    static final byte SEPARATOR = 1;

    private byte[] data;
    private int end;
    private int next;
    private int index;
    private int start;
    private int equalsSign;
    private int valueEnd;

    /** Puts the cursor before the first field of a body. */
    void reset(AmpsMessage message) {
        data = message.bodyArray();
        next = message.bodyOffset();
        end = next + message.bodyLength();
        index = -1;
    }

    /**
     * Moves to the next field.
     *
     * @return false if there is none
     * @throws IOException if what follows is not a field
     */
    boolean next() throws IOException {
        if (next >= end) {
            return false;
        }
        index++;
        start = next;
        equalsSign = -1;
        int position = start;
        while (position < end && data[position] != SEPARATOR) {
            if (data[position] == '=' && equalsSign < 0) {
                equalsSign = position;
            }
            position++;
        }
        valueEnd = position;
        next = position + 1;
        if (equalsSign <= start) {
            throw new IOException(
                    "Field "
                            + (index + 1)
                            + " of the body, "
                            + Excerpt.of(data, start, valueEnd - start)
                            + (equalsSign < 0 ? ", has no '='." : ", has no tag before the '='."));
        }
        return true;
    }

    /** The position of the field in the body, from 0. */
    int index() {
        return index;
    }

    /** Whether the field has this tag; copies nothing. */
    boolean isTagged(byte[] tag) {
        return Arrays.equals(data, start, equalsSign, tag, 0, tag.length);
    }

    /** A copy of the tag. */
    byte[] tag() {
        return Arrays.copyOfRange(data, start, equalsSign);
    }

    /** The array that the values lie in. */
    byte[] data() {
        return data;
    }

    int valueOffset() {
        return equalsSign + 1;
    }

    int valueLength() {
        return valueEnd - equalsSign - 1;
    }
}
