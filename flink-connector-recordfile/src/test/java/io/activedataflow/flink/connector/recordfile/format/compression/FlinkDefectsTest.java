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

import io.activedataflow.flink.connector.recordfile.RecordFileIdentity;
import io.activedataflow.flink.connector.recordfile.client.FileRetrySettings;
import io.activedataflow.flink.connector.recordfile.client.FlinkFileAccess;
import io.activedataflow.flink.connector.recordfile.testing.Compressor;
import io.activedataflow.flink.connector.recordfile.testing.FileFaults;

import org.apache.flink.api.common.io.compression.Bzip2InputStreamFactory;
import org.apache.flink.core.fs.FSDataInputStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

import static org.assertj.core.api.Assertions.assertThat;

/** What Flink's own file source loses, or reads as something else, is read here. */
@Timeout(60)
class FlinkDefectsTest {

    private static final byte[] ONE = "a,1\nb,2\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] TWO = "c,3\nd,4\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] BOTH = Contents.joined(ONE, TWO);

    @TempDir Path directory;

    @Test
    void p5SecondStreamOfBzip2IsRead() throws IOException {
        byte[] stored = Compressor.BZIP2.compress(ONE, TWO);
        InputStream ofFlink =
                Bzip2InputStreamFactory.getInstance().create(new ByteArrayInputStream(stored));

        assertThat(ofFlink.readAllBytes()).as("by Flink").isEqualTo(ONE);
        assertThat(Contents.read("data.csv.bz2", stored)).isEqualTo(BOTH);
    }

    @Test
    void p5bSecondMemberOfGzipIsReadWhereNothingIsSaidToBeAvailable() throws IOException {
        Path local = directory.resolve("data.csv.gz");
        // More than is read of any file at once when it is opened.
        byte[] first = Contents.random(3000, 1);
        byte[] second = Contents.random(3000, 2);
        Files.write(local, Compressor.GZIP.compress(first, second));
        try (FileFaults faults = FileFaults.create()) {
            faults.nothingAvailable().shortReads(1);
            org.apache.flink.core.fs.Path path = faults.path(local);
            try (FSDataInputStream file = path.getFileSystem().open(path);
                    InputStream ofJdk = new GZIPInputStream(file)) {
                assertThat(ofJdk.readAllBytes()).as("by the JDK, as in Flink").isEqualTo(first);
            }
            RecordFileIdentity listed =
                    RecordFileIdentity.ofListed(
                            Files.size(local), Files.getLastModifiedTime(local).toMillis());
            ByteInput input =
                    ByteInputs.open(
                            new FlinkFileAccess(FileRetrySettings.DEFAULT).open(path, listed),
                            Compression.AUTO,
                            0,
                            0);

            assertThat(Contents.readAll(input)).isEqualTo(Contents.joined(first, second));
        }
    }

    @Test
    void p5cZstdIsDecompressedAndNotReadAsItIs() throws IOException {
        assertThat(Contents.read("data.csv.zst", Compressor.ZSTD.compress(ONE, TWO)))
                .isEqualTo(BOTH);
    }
}
