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

package io.activedataflow.flink.connector.recordfile.format.charset;

import org.apache.flink.annotation.Internal;

/**
 * Turns text of another encoding into UTF-8, such that each piece of the UTF-8 tells how many bytes
 * of the file it stands for, and which. What is not text in the file's encoding becomes bytes that
 * are not UTF-8, so that it can be told from text and be turned back.
 *
 * <p>Keeps what is incomplete at the end of a piece for the next one. One thread; {@link
 * #sourceLength} and {@link #encode} may be called by any.
 */
@Internal
public interface Transcoder {

    /** How many bytes one byte of the file becomes, at most, with what was kept before. */
    int MAX_GROWTH = 3;

    /** Room that is needed besides {@link #MAX_GROWTH} for each byte. */
    int MAX_KEPT = 8;

    /**
     * Transcodes a piece of the file that follows the last one.
     *
     * @return where the UTF-8 ends in {@code target}
     */
    int transcode(byte[] source, int from, int to, byte[] target, int at);

    /**
     * Writes what is left at the end of the file.
     *
     * @return where the UTF-8 ends in {@code target}
     */
    int finish(byte[] target, int at);

    /** How many bytes of the file the characters stand for whose first bytes lie in a range. */
    long sourceLength(byte[] text, int from, int to);

    /**
     * The bytes of the file that a range stands for; a character cut off at its end is left out.
     * Where a charset has two bytes for one character, as EBCDIC has for a line feed, it is the
     * lower of them.
     */
    byte[] encode(byte[] text, int from, int to);
}
