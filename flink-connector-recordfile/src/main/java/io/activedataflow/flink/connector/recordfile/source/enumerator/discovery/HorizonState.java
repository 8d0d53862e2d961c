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

package io.activedataflow.flink.connector.recordfile.source.enumerator.discovery;

import io.activedataflow.flink.connector.recordfile.source.split.StateReader;
import io.activedataflow.flink.connector.recordfile.source.split.StateWriter;

import org.apache.flink.annotation.Internal;

import javax.annotation.Nullable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What is remembered of the files of one root, and where the line is. Immutable. */
@Internal
sealed interface HorizonState {

    int BY_TIME = 1;
    int BY_NAME = 2;
    int ALL = 3;

    int mode();

    void writeTo(StateWriter out) throws IOException;

    static HorizonState readFrom(int mode, StateReader in) throws IOException {
        return switch (mode) {
            case BY_TIME -> new ByTime(in.readLong(), in.readLong(), FileEntries.readFrom(in));
            case BY_NAME -> ByName.readFrom(in);
            case ALL -> new All(FileEntries.readFrom(in));
            default -> throw in.corrupt("the discovery mode " + mode);
        };
    }

    /**
     * By modification time.
     *
     * @param watermark files older than this are taken to be handed out
     * @param largest the largest modification time seen
     * @param files the others that have been handed out, with their modification times
     */
    record ByTime(long watermark, long largest, FileEntries files) implements HorizonState {

        @Override
        public int mode() {
            return BY_TIME;
        }

        @Override
        public void writeTo(StateWriter out) throws IOException {
            out.writeLong(watermark);
            out.writeLong(largest);
            files.writeTo(out);
        }
    }

    /**
     * By path.
     *
     * @param floor files up to this path are taken to be handed out, or null if none are
     * @param files the others that have been handed out
     */
    record ByName(@Nullable String floor, List<NamedFile> files) implements HorizonState {

        @Override
        public int mode() {
            return BY_NAME;
        }

        @Override
        public void writeTo(StateWriter out) throws IOException {
            out.writeByte(floor == null ? 0 : 1);
            if (floor != null) {
                out.writeText(floor);
            }
            out.writeInt(files.size());
            for (NamedFile file : files) {
                out.writeText(file.path());
                out.writeLong(file.content());
            }
        }

        private static ByName readFrom(StateReader in) throws IOException {
            String floor = null;
            int hasFloor = in.readByte();
            if (hasFloor == 1) {
                floor = in.readText();
            } else if (hasFloor != 0) {
                throw in.corrupt("the flag " + hasFloor);
            }
            int count = in.readCount(Integer.BYTES + Long.BYTES);
            List<NamedFile> files = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                files.add(new NamedFile(in.readText(), in.readLong()));
            }
            return new ByName(floor, List.copyOf(files));
        }
    }

    /** A file that is remembered with its path, and the hash of its content. */
    record NamedFile(String path, long content) {}

    /**
     * All of them.
     *
     * @param files with the time when they were last listed
     */
    record All(FileEntries files) implements HorizonState {

        @Override
        public int mode() {
            return ALL;
        }

        @Override
        public void writeTo(StateWriter out) throws IOException {
            files.writeTo(out);
        }
    }
}
