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

package io.activedataflow.flink.connector.recordfile.source.reader;

import org.junit.jupiter.api.Timeout;

/** All the same where records are decoded before they are handed over. */
@Timeout(60)
class DecodedAheadEmitterTest extends RecordFileRecordEmitterTest {

    @Override
    boolean decodesAhead() {
        return true;
    }
}
