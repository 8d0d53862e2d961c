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

import io.activedataflow.flink.connector.recordfile.RecordFileIdentity;

import org.apache.flink.annotation.Internal;
import org.apache.flink.core.fs.Path;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The IDs of splits: unique for ever, whoever makes them and however often the job has been
 * restored, because they are made of what the split is and of nothing else.
 */
@Internal
public final class RecordFileSplitIds {

    private static final int HASH_BYTES = 16;

    private RecordFileSplitIds() {}

    /**
     * The ID of a range: a hash of the path and of the file's size and modification time, the kind,
     * and where the range begins.
     */
    public static String of(
            Path path, RecordFileIdentity identity, RecordFileSplit.Kind kind, long offset) {
        String name = path.toString() + '\n' + identity.size() + '\n' + identity.modificationTime();
        return hash(name) + (kind == RecordFileSplit.Kind.SCAN ? "-scan-" : "-") + offset;
    }

    /** 128 bits of SHA-256 in hexadecimal digits. */
    private static String hash(String text) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, HASH_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256.", e);
        }
    }
}
