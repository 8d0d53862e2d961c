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

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What is remembered of one root. Immutable.
 *
 * @param waiting files behind the line that have not been handed out yet
 * @param oldFiles how many other files there were behind the line
 */
@Internal
record RootState(HorizonState horizon, List<PathHash> waiting, long oldFiles) {

    RootState {
        waiting = List.copyOf(waiting);
    }

    void writeTo(StateWriter out) throws IOException {
        horizon.writeTo(out);
        out.writeInt(waiting.size());
        for (PathHash hash : waiting) {
            out.writeLong(hash.high());
            out.writeLong(hash.low());
        }
        out.writeLong(oldFiles);
    }

    static RootState readFrom(int mode, StateReader in) throws IOException {
        HorizonState horizon = HorizonState.readFrom(mode, in);
        int count = in.readCount(2 * Long.BYTES);
        List<PathHash> waiting = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            waiting.add(new PathHash(in.readLong(), in.readLong()));
        }
        long oldFiles = in.readLong();
        if (oldFiles < 0) {
            throw in.corrupt(oldFiles + " old files");
        }
        return new RootState(horizon, waiting, oldFiles);
    }
}
