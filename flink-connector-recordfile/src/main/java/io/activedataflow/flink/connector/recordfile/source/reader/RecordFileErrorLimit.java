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

import org.apache.flink.annotation.PublicEvolving;

import java.io.Serializable;

/**
 * How many malformed records one split, a file or a range of it, may have before the job fails
 * whatever the policy for them is. Records of which fields were taken as null are among them.
 *
 * <p>The number is part of the state of the split, so that it survives failures and restores.
 *
 * @param maxRecords the most malformed records that are tolerated
 * @param maxShare the largest share of malformed records that is tolerated, from 0 to 1
 * @param minRecords how many records of the split must have been read before the share counts; of a
 *     range that does not begin with its file, records since the last restore
 */
@PublicEvolving
public record RecordFileErrorLimit(long maxRecords, double maxShare, long minRecords)
        implements Serializable {

    private static final long serialVersionUID = 1L;

    private static final RecordFileErrorLimit NONE =
            new RecordFileErrorLimit(Long.MAX_VALUE, 1.0, 0);

    public RecordFileErrorLimit {
        if (maxRecords < 0 || !(maxShare >= 0.0 && maxShare <= 1.0) || minRecords < 0) {
            throw new IllegalArgumentException(
                    "The limit of malformed records cannot be "
                            + maxRecords
                            + " records, or a share of "
                            + maxShare
                            + " after "
                            + minRecords
                            + " records. Give numbers from 0 up and a share from 0 to 1.");
        }
    }

    /** Any number of malformed records is tolerated. The default. */
    public static RecordFileErrorLimit none() {
        return NONE;
    }

    /** The job fails at the malformed record after this many in one split. */
    public static RecordFileErrorLimit ofCount(long maxRecords) {
        return new RecordFileErrorLimit(maxRecords, 1.0, 0);
    }

    /**
     * The job fails when more than a share of the records of one split is malformed.
     *
     * @param maxShare from 0 to 1
     * @param minRecords how many records must have been read before the share counts
     */
    public static RecordFileErrorLimit ofShare(double maxShare, long minRecords) {
        return new RecordFileErrorLimit(Long.MAX_VALUE, maxShare, minRecords);
    }

    /** This limit, and another share: whichever is passed first fails the job. */
    public RecordFileErrorLimit orShare(double share, long afterRecords) {
        return new RecordFileErrorLimit(maxRecords, share, afterRecords);
    }

    boolean isPassedByCount(long malformed) {
        return malformed > maxRecords;
    }

    boolean isPassedByShare(long malformed, long records) {
        return records >= minRecords && malformed > maxShare * records;
    }

    @Override
    public String toString() {
        String count = maxRecords == Long.MAX_VALUE ? "" : maxRecords + " records";
        String share = maxShare == 1.0 ? "" : "a share of " + maxShare;
        return count.isEmpty() && share.isEmpty()
                ? "none"
                : count + (count.isEmpty() || share.isEmpty() ? "" : " or ") + share;
    }
}
