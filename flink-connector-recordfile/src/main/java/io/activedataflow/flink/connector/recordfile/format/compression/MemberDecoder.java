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

package io.activedataflow.flink.connector.recordfile.format.compression;

import org.apache.flink.annotation.Internal;

import java.io.IOException;

/** Decompresses one member after the other. Takes exactly the bytes of a member, and no more. */
@Internal
interface MemberDecoder extends AutoCloseable {

    /**
     * Goes to the next member, where the one before has been read to its end.
     *
     * @return where it begins, or -1 at the end of the file
     */
    long nextMember() throws IOException;

    /**
     * Reads at least one byte of the member, if there is one, and checks what there is to be
     * checked at its end.
     *
     * @return how many bytes were read, or -1 at the end of the member
     */
    int read(byte[] buffer, int offset, int length) throws IOException;

    @Override
    void close();
}
