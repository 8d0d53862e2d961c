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

package io.activedataflow.flink.connector.recordfile.source.split;

import org.apache.flink.annotation.Internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Takes the bytes of a piece of state apart. Whatever is wrong with them ends in an {@link
 * IOException} that says so: every length is held against what is left before memory is taken for
 * it.
 */
@Internal
public final class StateReader {

    private final String what;
    private final ByteBuffer in;

    /**
     * @param what what the bytes are, for messages
     */
    public StateReader(String what, byte[] bytes) {
        this.what = what;
        this.in = ByteBuffer.wrap(bytes);
    }

    /** Refuses state of a version that this connector cannot read. */
    public void requireVersion(int found, int supported) throws IOException {
        if (found != supported) {
            throw new IOException(
                    "The state of the record-file source holds a "
                            + what
                            + " of version "
                            + found
                            + "; this connector reads version "
                            + supported
                            + ". Restore with the connector release that wrote the state, or a"
                            + " newer one.");
        }
    }

    /** Refuses state that was written in another mode of reading. */
    public void requireMode(int supported) throws IOException {
        int mode = readByte();
        if (mode != supported) {
            throw new IOException(
                    "The state of the record-file source holds a "
                            + what
                            + " of mode "
                            + mode
                            + "; this connector knows mode "
                            + supported
                            + " only. Restore with the connector release that wrote the state, or"
                            + " a newer one.");
        }
    }

    public int readByte() throws IOException {
        require(Byte.BYTES);
        return in.get();
    }

    public int readInt() throws IOException {
        require(Integer.BYTES);
        return in.getInt();
    }

    public long readLong() throws IOException {
        require(Long.BYTES);
        return in.getLong();
    }

    /**
     * Reads how many elements follow.
     *
     * @param bytesEach the fewest bytes an element can have
     */
    public int readCount(int bytesEach) throws IOException {
        int count = readInt();
        if (count < 0 || (long) count * bytesEach > in.remaining()) {
            throw corrupt(count + " elements in " + in.remaining() + " bytes");
        }
        return count;
    }

    /** Reads a length and that many bytes. */
    public byte[] readBytes() throws IOException {
        byte[] bytes = new byte[readCount(Byte.BYTES)];
        in.get(bytes);
        return bytes;
    }

    public String readText() throws IOException {
        byte[] bytes = readBytes();
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw corrupt("a text that is not UTF-8");
        }
    }

    public void requireEnd() throws IOException {
        if (in.hasRemaining()) {
            throw corrupt(in.remaining() + " bytes after its end");
        }
    }

    private void require(int bytes) throws IOException {
        if (in.remaining() < bytes) {
            throw corrupt("only " + in.remaining() + " bytes where " + bytes + " are needed");
        }
    }

    /** The exception to throw where the bytes cannot be what they should be. */
    public IOException corrupt(String found) {
        return new IOException(
                "The state of the record-file source is damaged: a "
                        + what
                        + " has, before position "
                        + in.position()
                        + " of "
                        + in.limit()
                        + ", "
                        + found
                        + ". Restore from another checkpoint or savepoint.");
    }
}
