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

package io.activedataflow.flink.connector.amps.client;

import org.apache.flink.annotation.Internal;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Looks at the first byte that a server sends in answer to a logon. The client would take the first
 * four, whatever they are, for the length of a frame and set aside so much memory: 350 MB for an
 * alert of TLS, and more than a gigabyte for an answer of HTTP. The right answer is a short frame.
 */
@Internal
final class FirstAnswer extends FilterInputStream {

    private static final int TLS_ALERT = 0x15;

    private boolean next;

    FirstAnswer(InputStream in) {
        super(in);
    }

    /** From now on: what came before, if anything, was the answer to an HTTP preflight. */
    void isNext() {
        next = true;
    }

    /** It is no frame of AMPS. */
    static final class StrangeAnswerException extends IOException {
        private static final long serialVersionUID = 1L;

        StrangeAnswerException(String message) {
            super(message);
        }
    }

    @Override
    public int read() throws IOException {
        int first = super.read();
        if (next && first >= 0) {
            check(first);
        }
        return first;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int count = super.read(bytes, offset, length);
        if (next && count > 0) {
            check(bytes[offset] & 0xff);
        }
        return count;
    }

    private void check(int first) throws StrangeAnswerException {
        next = false;
        if (first != 0) {
            throw new StrangeAnswerException(
                    first == TLS_ALERT
                            ? "it answers with TLS"
                            : String.format("its answer begins with the byte 0x%02x", first));
        }
    }
}
