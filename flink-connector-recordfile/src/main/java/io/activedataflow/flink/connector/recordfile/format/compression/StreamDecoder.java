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

import javax.annotation.Nullable;

import java.io.IOException;
import java.io.InputStream;

/** Decompresses each member with a stream of somebody else's. */
@Internal
abstract class StreamDecoder implements MemberDecoder {

    private final StoredBytes stored;
    @Nullable private InputStream member;

    StreamDecoder(StoredBytes stored) {
        this.stored = stored;
    }

    final StoredBytes stored() {
        return stored;
    }

    /** Reads the next member from this. */
    final void use(InputStream newMember) {
        close();
        member = newMember;
    }

    @Override
    public final int read(byte[] buffer, int offset, int length) throws IOException {
        if (member == null) {
            throw new IllegalStateException("There is no member yet.");
        }
        return member.read(buffer, offset, length);
    }

    @Override
    public final void close() {
        InputStream open = member;
        member = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                // It holds memory only; the file is closed by whoever has opened it.
                throw new IllegalStateException(e);
            }
        }
    }
}
